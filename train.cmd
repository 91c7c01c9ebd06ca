: <<'::sh'
@echo off
setlocal
set DOTNET_NOLOGO=1
pushd "%~dp0"
dotnet --version >nul 2>nul
if not %ERRORLEVEL%==0 (echo train: the .NET 10 SDK is missing; it can be had at https://dotnet.microsoft.com/download 1>&2& exit /b 1)
if not exist src\SpeechEmotion.Cli\bin\Release echo train: building; this takes half a minute the first time 1>&2
dotnet msbuild src\SpeechEmotion.Cli\SpeechEmotion.Cli.csproj -restore -p:Configuration=Release -v:quiet -nologo -tl:off -clp:ErrorsOnly 1>&2
if not %ERRORLEVEL%==0 exit /b 1
popd
dotnet run --no-build -c Release --no-launch-profile --project "%~dp0src\SpeechEmotion.Cli" -- train %*
exit /b %ERRORLEVEL%
::sh
# One file for both shells: cmd.exe takes the first line for a label and leaves at "exit /b";
# sh takes everything up to "::sh" for an unused here-document and starts here.
export DOTNET_NOLOGO=1
here=$(dirname -- "$0") && here=$(CDPATH='' cd -- "$here" && pwd) || exit 1
(cd -- "$here" && dotnet --version) >/dev/null 2>&1 || {
    echo 'train: the .NET 10 SDK is missing; it can be had at https://dotnet.microsoft.com/download' >&2
    exit 1
}
[ -d "$here/src/SpeechEmotion.Cli/bin/Release" ] || echo 'train: building; this takes half a minute the first time' >&2
(cd -- "$here" && dotnet msbuild src/SpeechEmotion.Cli/SpeechEmotion.Cli.csproj \
    -restore -p:Configuration=Release -v:quiet -nologo -tl:off -clp:ErrorsOnly) >&2 || exit 1
exec dotnet run --no-build -c Release --no-launch-profile --project "$here/src/SpeechEmotion.Cli" -- train "$@"

using System.CommandLine;
using System.CommandLine.Parsing;
using SpeechEmotion.Cli.Output;

namespace SpeechEmotion.Cli.Commands;

/// <summary>The options of <c>predict</c> and the rules between them.</summary>
internal sealed class PredictOptions
{
    public CommonOptions Common { get; } = new();

    public Argument<string[]> Inputs { get; } = CommonOptions.Inputs();

    public Option<string?> Model { get; } = CommonOptions.Model();

    public Option<string[]> Enrol { get; } = EnrolOption.Create();

    public Option<bool> Json { get; } = new("--json") { Description = "Write one JSON object per file" };

    public Option<bool> Csv { get; } = new("--csv") { Description = "Write a CSV header and one row per file" };

    public Option<string?> Embeddings { get; } = new("--embeddings")
    {
        Description = "NumPy file for one embedding per file: the vector before the last layer, float32 [files, width]",
        HelpName = "FILE.npy",
    };

    public Option<bool> Strict { get; } = CommonOptions.Strict();

    public void AddTo(Command command)
    {
        command.Add(Inputs);
        foreach (Option option in new Option[] { Model, Enrol, Json, Csv, Embeddings, Strict })
            command.Add(option);
        Common.AddRunTo(command);
        command.Validators.Add(Validate);
    }

    private void Validate(CommandResult result)
    {
        if (result.GetValue(Json) && result.GetValue(Csv))
            result.AddError("--json and --csv cannot be given together");
        if (result.GetValue(Embeddings) is { } file && EmbeddingFile.FaultOf(file) is { } fault)
            result.AddError(fault);
    }
}

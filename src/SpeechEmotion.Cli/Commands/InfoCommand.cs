using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>info</c>: the contents of a checkpoint.</summary>
internal static class InfoCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var model = new Argument<string>("MODEL") { Description = "Checkpoint file, run folder, or name of a shipped model" };
        var command = new Verb("info", "Describes a checkpoint: labels, training corpus, validation metrics, layers, parameters, settings.",
            "speech-emotion info runs/tess")
        {
            model,
        };
        command.SetAction(parsed =>
        {
            string path = ModelLocator.Find(parsed.GetRequiredValue(model));
            Write(console, path, Checkpoint.Load(path));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Chosen(ModelProvenance facts) =>
        facts.ValidationUtterances == 0 ? "" : $", epoch chosen on {facts.ValidationUtterances:N0} others";

    private static string Speakers(ModelProvenance facts)
    {
        int named = facts.Speakers.Count(speaker => speaker.Speaker.Length > 0);
        return named == 0 ? "" : $"; {named} speaker{(named == 1 ? "" : "s")}, recorded as hashes";
    }

    private static void Write(IAnsiConsole console, string path, Checkpoint checkpoint)
    {
        // The running means and variances of batch normalisation are not parameters.
        KeyValuePair<string, StoredTensor>[] parameters =
        [
            .. checkpoint.Weights
                .Where(weight => !weight.Key.Contains(".running", StringComparison.Ordinal))
                .OrderBy(weight => weight.Key, StringComparer.Ordinal),
        ];
        RunSettings settings = checkpoint.Settings;
        ModelProvenance facts = checkpoint.Provenance;
        string size = $"{new FileInfo(path).Length / 1024.0:N0} KiB";
        string validation = string.Join(", ", facts.Validation.Select(metric => $"{metric.Key} {metric.Value:0.0000}"));
        console.WriteLine($"model       {path} ({size}), run {settings.Name}, seed {settings.Seed}, version {facts.Version}");
        console.WriteLine($"labels      {string.Join(", ", checkpoint.Labels)}");
        console.WriteLine($"trained on  {facts.Corpus}: {facts.TrainingUtterances:N0} utterances{Chosen(facts)}{Speakers(facts)}");
        console.WriteLine($"protocol    {facts.Protocol}");
        console.WriteLine(facts.Validation.Count == 0
            ? $"epoch       {facts.Epoch}, without a validation part"
            : $"epoch       {facts.Epoch}; validation {validation}");
        console.WriteLine($"calibrated  {(checkpoint.Temperature == 1 ? "no" : $"by a temperature of {checkpoint.Temperature:0.00}")}");
        console.WriteLine($"features    {SettingsInWords.Features(settings.Features)}");
        long count = parameters.Sum(weight => weight.Value.Count);
        console.WriteLine($"network     {SettingsInWords.Model(settings.Model)}; {count:N0} parameters");
        Table table = EvaluationTables.New("Layers");
        table.AddColumn("tensor").AddColumn("shape").AddColumn(EvaluationTables.Right("parameters"));
        foreach ((string name, StoredTensor tensor) in parameters)
            table.AddRow(Markup.Escape(name), Markup.Escape(tensor.ShapeText), $"{tensor.Count:N0}");
        console.Write(table);
        console.WriteLine("settings");
        console.WriteLine(SettingsFile.ToJson(settings));
    }
}

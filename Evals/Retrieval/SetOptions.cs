using System.CommandLine;

namespace AiApp.Evals.Retrieval;

/// <summary>The options that say which sets are read, and how; the same for every command over sets.</summary>
internal sealed class SetOptions
{
    public Argument<DirectoryInfo[]> Folders { get; } = new("sets")
    {
        Description = "Labelled sets: corpus.jsonl, queries.jsonl, qrels.tsv.", Arity = ArgumentArity.OneOrMore,
    };

    public Option<string?> Queries { get; } = new("--queries") { Description = "File of queries instead of queries.jsonl." };
    public Option<string?> Judgments { get; } = new("--qrels") { Description = "File of judgments instead of qrels.tsv." };
    public Option<string?> Language { get; } = new("--language") { Description = "Text-search configuration of Postgres for the sets' collections, such as german." };
    public Option<string?> Collapse { get; } = new("--collapse") { Description = "Cut ids at the last of these characters before scoring: sections count as their page." };
    public Option<int> Workers { get; } = new("--workers")
    {
        Description = "Documents ingested, and queries asked of the legs, at a time.", DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public void AddTo(Command command)
    {
        command.Add(Folders);
        foreach (var option in new Option[] { Queries, Judgments, Language, Collapse, Workers })
        {
            command.Add(option);
        }
        Collapse.Validators.Add(result =>
        {
            if (result.GetValue(Collapse) is { Length: not 1 })
            {
                result.AddError("--collapse takes one character, such as #.");
            }
        });
    }

    /// <summary>Loaded one by one: the large sets need not be in memory at once.</summary>
    public IEnumerable<LabelledSet> Load(ParseResult parsed)
    {
        var options = new LabelledSetOptions
        {
            Queries = parsed.GetValue(Queries),
            Judgments = parsed.GetValue(Judgments),
            Language = parsed.GetValue(Language),
            Collapse = parsed.GetValue(Collapse)?[0],
        };
        return parsed.GetRequiredValue(Folders).Select(folder => LabelledSet.Load(folder, options));
    }
}

using System.Text.Json;

namespace AiApp.Evals.Retrieval;

public sealed record LabelledDocument(string Id, string Title, string Text);

public sealed record LabelledQuery(string Id, string Text, IReadOnlyDictionary<string, int> Relevant);

/// <summary>How a set is read, where it differs from the common layout.</summary>
public sealed record LabelledSetOptions
{
    /// <summary>Queries instead of queries.jsonl: the same ones in another language, or other ones. A path, or a name in the set's folder.</summary>
    public string? Queries { get; init; }

    /// <summary>Judgments instead of qrels.tsv, likewise.</summary>
    public string? Judgments { get; init; }

    /// <summary>Text-search configuration of the set's collection; null leaves the default.</summary>
    public string? Language { get; init; }

    /// <summary>Ids of documents are cut at the last of these characters before scoring: sections count as their page.</summary>
    public char? Collapse { get; init; }
}

/// <summary>
/// A retrieval set in the common layout: corpus.jsonl {id,title,text}, queries.jsonl {id,text}, qrels.tsv with query, document
/// and relevance. Queries without a relevant document are left out, as trec_eval does.
/// </summary>
public sealed record LabelledSet(string Name, IReadOnlyList<LabelledDocument> Documents, IReadOnlyList<LabelledQuery> Queries)
{
    public LabelledSetOptions Options { get; init; } = new();

    /// <summary>One collection for each language: the language is part of the index.</summary>
    public string Collection { get; init; } = Name;

    public static LabelledSet Load(DirectoryInfo folder, LabelledSetOptions? options = null)
    {
        options ??= new();
        string File(string name) => Path.Combine(folder.FullName, name);
        var relevant = System.IO.File.ReadLines(File(options.Judgments ?? "qrels.tsv"))
            .Select(line => line.Split('\t', ' '))
            .Where(parts => parts.Length >= 3 && int.TryParse(parts[^1], out _))
            .GroupBy(parts => parts[0])
            .ToDictionary(group => group.Key, group => group.DistinctBy(parts => parts[^2]).ToDictionary(parts => parts[^2], parts => int.Parse(parts[^1])));
        var documents = Read(File("corpus.jsonl"))
            .Select(row => new LabelledDocument(Text(row, "id"), Text(row, "title"), Text(row, "text")))
            .Where(document => document.Text.Length + document.Title.Length > 0)
            .ToList();
        var queries = Read(File(options.Queries ?? "queries.jsonl"))
            .Where(row => relevant.TryGetValue(Text(row, "id"), out var labels) && labels.Values.Any(label => label > 0))
            .Select(row => new LabelledQuery(Text(row, "id"), Text(row, "text"), relevant[Text(row, "id")]))
            .ToList();
        string?[] parts = [folder.Name, options.Queries is null ? null : Path.GetFileNameWithoutExtension(options.Queries), options.Language];
        return new(string.Join('.', parts.Where(part => part is not null)), documents, queries)
        {
            Options = options,
            Collection = options.Language is null ? folder.Name : $"{folder.Name}.{options.Language}",
        };
    }

    /// <summary>The id that counts in scoring.</summary>
    public string Collapse(string id) =>
        Options.Collapse is { } cut && id.LastIndexOf(cut) is > 0 and var at ? id[..at] : id;

    private static IEnumerable<JsonElement> Read(string file) =>
        System.IO.File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<JsonElement>(line));

    private static string Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) ? value.ToString() : "";
}

using System.Text.Json;

namespace AiApp.Evals;

public sealed record LabelledDocument(string Id, string Title, string Text);

public sealed record LabelledQuery(string Id, string Text, IReadOnlyDictionary<string, int> Relevant);

/// <summary>
/// A retrieval set in the common layout: corpus.jsonl {id,title,text}, queries.jsonl {id,text}, qrels.tsv with query, document
/// and relevance. Queries without a relevant document are left out, as trec_eval does.
/// </summary>
public sealed record LabelledSet(string Name, IReadOnlyList<LabelledDocument> Documents, IReadOnlyList<LabelledQuery> Queries)
{
    public static LabelledSet Load(DirectoryInfo folder)
    {
        string File(string name) => Path.Combine(folder.FullName, name);
        var relevant = System.IO.File.ReadLines(File("qrels.tsv"))
            .Select(line => line.Split('\t', ' '))
            .Where(parts => parts.Length >= 3 && int.TryParse(parts[^1], out _))
            .GroupBy(parts => parts[0])
            .ToDictionary(group => group.Key, group => group.DistinctBy(parts => parts[^2]).ToDictionary(parts => parts[^2], parts => int.Parse(parts[^1])));
        var documents = Read(File("corpus.jsonl"))
            .Select(row => new LabelledDocument(Text(row, "id"), Text(row, "title"), Text(row, "text")))
            .Where(document => document.Text.Length + document.Title.Length > 0)
            .ToList();
        var queries = Read(File("queries.jsonl"))
            .Where(row => relevant.TryGetValue(Text(row, "id"), out var labels) && labels.Values.Any(label => label > 0))
            .Select(row => new LabelledQuery(Text(row, "id"), Text(row, "text"), relevant[Text(row, "id")]))
            .ToList();
        return new(folder.Name, documents, queries);
    }

    private static IEnumerable<JsonElement> Read(string file) =>
        System.IO.File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<JsonElement>(line));

    private static string Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) ? value.ToString() : "";
}

using AiApp.Evals.Retrieval;

namespace AiApp.Integration.Tests.Evals;

public sealed class LabelledSetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("labelled");

    public LabelledSetTests()
    {
        Write("corpus.jsonl", """{"id":"a.md#0","title":"A","text":"first"}""", """{"id":"a.md#1","title":"","text":"second"}""", """{"id":"empty","title":"","text":""}""");
        Write("queries.jsonl", """{"id":"q1","text":"one"}""", """{"id":"q2","text":"nothing is relevant"}""");
        Write("queries_de.jsonl", """{"id":"q1","text":"eins"}""");
        Write("qrels.tsv", "query-id\tdoc-id\trelevance", "q1\ta.md\t1", "q2\ta.md\t0");
    }

    [Fact]
    public void Queries_without_a_relevant_document_and_empty_documents_are_left_out()
    {
        var set = LabelledSet.Load(_folder);

        Assert.Equal("q1", Assert.Single(set.Queries).Id);
        Assert.Equal(["a.md#0", "a.md#1"], set.Documents.Select(document => document.Id));
    }

    [Fact]
    public void Sections_count_as_their_page_when_ids_are_collapsed()
    {
        Assert.Equal("a.md", LabelledSet.Load(_folder, new() { Collapse = '#' }).Collapse("a.md#1"));
        Assert.Equal("a.md#1", LabelledSet.Load(_folder).Collapse("a.md#1"));
    }

    [Fact]
    public void Another_language_has_a_collection_of_its_own_and_other_queries_share_it()
    {
        var german = LabelledSet.Load(_folder, new() { Queries = "queries_de.jsonl", Language = "german" });

        Assert.Equal("eins", Assert.Single(german.Queries).Text);
        Assert.Equal($"{_folder.Name}.german", german.Collection);
        Assert.Equal(_folder.Name, LabelledSet.Load(_folder, new() { Queries = "queries_de.jsonl" }).Collection);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(_folder.FullName, name), lines);
}

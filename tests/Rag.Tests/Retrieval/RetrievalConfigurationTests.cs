using System.Text.Json;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Configuration;
using AiApp.Rag.Models.Local;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Tests.Retrieval;

public sealed class RetrievalConfigurationTests
{
    private static readonly RetrievalConfiguration Local = ConfigurationFile.BuiltIn(LocalEmbeddingGenerator.ModelId);

    [Fact]
    public void What_is_written_is_read_again_under_the_same_id()
    {
        var written = Local with { FittedOn = [new("a set", 10, 0.4, 0.3, 0.5)] };

        Assert.Equal(written.Id, RetrievalConfiguration.Parse(written.ToJson()).Id);
    }

    [Fact]
    public void Another_weight_is_another_configuration() =>
        Assert.NotEqual(Local.Id, (Local with { LexicalWeight = Local.LexicalWeight / 2 }).Id);

    [Fact]
    public void Every_model_has_a_configuration_that_can_be_used()
    {
        Assert.Empty(Local.Check());
        Assert.Empty(ConfigurationFile.BuiltIn("a model nobody has heard of").Check());
        Assert.Equal("a model nobody has heard of", ConfigurationFile.BuiltIn("a model nobody has heard of").EmbeddingModel);
    }

    [Fact]
    public void A_misspelt_property_is_not_ignored() =>
        Assert.Throws<JsonException>(() => RetrievalConfiguration.Parse(Local.ToJson().Replace("rankConstant", "rankConstent", StringComparison.Ordinal)));

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("""{"version":9,"embeddingModel":"local-hashed-1","fusion":"weightedSum","lexicalWeight":2,"legDepth":50}""", "version is 9, this release reads 1; lexicalWeight must be")]
    [InlineData("""{"version":1,"embeddingModel":"other","fusion":"weightedSum","lexicalWeight":0.5,"legDepth":50}""", "was fitted for the embedding model 'other', but 'local-hashed-1'")]
    public void A_file_that_cannot_be_used_says_why_and_what_to_do(string content, string reason)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, content);

        var result = Check(file);
        File.Delete(file);

        Assert.Contains(reason, result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("Evals tune", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_stops_the_start() => Assert.True(Check("/nowhere/retrieval.json").Failed);

    [Fact]
    public void Single_options_win_over_the_built_in_configuration()
    {
        using var embeddings = new LocalEmbeddingGenerator();
        var configurations = new RetrievalConfigurations(Options.Create(new RetrievalOptions { LexicalWeight = 0.25, LegDepth = 77 }), embeddings);

        Assert.Equal((0.25, 77), (configurations.Preferred.LexicalWeight, configurations.Preferred.LegDepth));
        Assert.NotEqual(Local.Id, configurations.Preferred.Id);
    }

    private static ValidateOptionsResult Check(string file)
    {
        using var embeddings = new LocalEmbeddingGenerator();
        return new ConfigurationCheck(embeddings).Validate(null, new RetrievalOptions { ConfigurationFile = file });
    }
}

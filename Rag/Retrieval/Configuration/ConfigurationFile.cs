using System.Reflection;
using System.Text.Json;

namespace AiApp.Rag.Retrieval.Configuration;

/// <summary>Reads retrieval configurations: from a file, or those that are built in.</summary>
internal static class ConfigurationFile
{
    private const string Suffix = ".retrieval.json";
    private const string Fallback = "any";

    /// <summary>The configuration, or what is wrong and what to do about it.</summary>
    public static (RetrievalConfiguration? Configuration, string? Problem) Read(string path)
    {
        const string remedy = "Write one with 'Evals tune', or unset Retrieval:ConfigurationFile to use the built-in one.";
        try
        {
            var configuration = RetrievalConfiguration.Parse(File.ReadAllText(path));
            var problems = configuration.Check().ToList();
            return problems.Count == 0
                ? (configuration, null)
                : (null, $"The retrieval configuration '{path}' cannot be used: {string.Join("; ", problems)}. {remedy}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return (null, $"The retrieval configuration '{path}' cannot be read: {unreadable.Message} {remedy}");
        }
    }

    /// <summary>The model's own, or the one for models that have none.</summary>
    public static RetrievalConfiguration BuiltIn(string embeddingModel) =>
        Find(embeddingModel) ?? Find(Fallback)! with { EmbeddingModel = embeddingModel };

    private static RetrievalConfiguration? Find(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name + Suffix);
        if (stream is null)
        {
            return null;
        }
        using var reader = new StreamReader(stream);
        return RetrievalConfiguration.Parse(reader.ReadToEnd());
    }
}

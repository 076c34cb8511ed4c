using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>What a document says about itself; anything that cannot be understood is as if it were not there.</summary>
internal sealed record FrontMatter(string? Title, DateOnly? ValidFrom, DateOnly? ValidUntil, string? Language)
{
    public static FrontMatter None { get; } = new(null, null, null, null);

    public static FrontMatter Parse(string yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents is [{ RootNode: YamlMappingNode root }, ..]
                ? new FrontMatter(Find(root, "title"), Date(Find(root, "valid_from")), Date(Find(root, "valid_until")), Find(root, "language"))
                : None;
        }
        catch (YamlException)
        {
            return None;
        }
    }

    private static string? Find(YamlMappingNode root, string key) =>
        root.Children.TryGetValue(new YamlScalarNode(key), out var node) && node is YamlScalarNode { Value: { } value } && !string.IsNullOrWhiteSpace(value)
            ? value
            : null;

    private static DateOnly? Date(string? value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}

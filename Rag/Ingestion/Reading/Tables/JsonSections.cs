using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AiApp.Rag.Ingestion.Reading.Tables;

/// <summary>Writes JSON values. A path is the names on the way joined by points, with the number of an item in brackets from 0.</summary>
internal sealed class JsonSections(CanonicalTextBuilder text, CancellationToken ct)
{
    // Deeper objects are lines of the section they stand in.
    private const int HeadingLevels = 3;

    private readonly int _values = text.NewGroup();

    /// <summary>A value of the file's own: the only one, or one of several lines.</summary>
    public void Add(JsonElement value) => Write(value, "", 1, _values);

    private void Write(JsonElement value, string path, int level, int group)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        ct.ThrowIfCancellationRequested();
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, path, level, group);
                break;
            case JsonValueKind.Array:
                WriteArray(value, path, group);
                break;
            default:
                Row([(path, Scalar(value))], group);
                break;
        }
    }

    private void WriteObject(JsonElement value, string path, int level, int group)
    {
        if (path.Length == 0 && value.EnumerateObject().All(property => !IsContainer(property.Value)))
        {
            Row([.. value.EnumerateObject().Select(property => (property.Name, Scalar(property.Value)))], group);
            return;
        }

        var lines = text.NewGroup();
        foreach (var property in value.EnumerateObject().Where(property => !IsContainer(property.Value)))
        {
            Row([(Join(path, property.Name), Scalar(property.Value))], lines);
        }

        foreach (var property in value.EnumerateObject().Where(property => IsContainer(property.Value)))
        {
            var name = Join(path, property.Name);
            if (level <= HeadingLevels && property.Value.ValueKind == JsonValueKind.Object)
            {
                text.Heading(name, level);
            }

            Write(property.Value, name, level + 1, text.NewGroup());
        }
    }

    private void WriteArray(JsonElement array, string path, int group)
    {
        if (array.EnumerateArray().All(item => !IsContainer(item)))
        {
            Row([(path, string.Join(", ", array.EnumerateArray().Select(Scalar)))], group);
            return;
        }

        if (path.Length > 0)
        {
            text.Paragraph(path);
        }

        foreach (var item in array.EnumerateArray())
        {
            var cells = new List<(string, string)>();
            Flatten(item, "", cells);
            Row(cells, group);
        }
    }

    private void Flatten(JsonElement value, string path, List<(string Path, string Value)> cells)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        ct.ThrowIfCancellationRequested();
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in value.EnumerateObject())
            {
                Flatten(property.Value, Join(path, property.Name), cells);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(IsContainer))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Flatten(item, $"{path}[{index++}]", cells);
            }
        }
        else
        {
            cells.Add((path, value.ValueKind == JsonValueKind.Array ? string.Join(", ", value.EnumerateArray().Select(Scalar)) : Scalar(value)));
        }
    }

    /// <summary>Items of more values than a row may have columns become several rows.</summary>
    private void Row(List<(string Path, string Value)> cells, int group)
    {
        foreach (var row in cells.Chunk(ReadingBounds.Columns))
        {
            text.TableRow([.. row.Select(cell => cell.Path)], [.. row.Select(cell => cell.Value)], group);
        }
    }

    private static bool IsContainer(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}

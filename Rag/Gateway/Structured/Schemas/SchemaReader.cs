using System.Text.Json;

namespace AiApp.Rag.Gateway.Structured.Schemas;

/// <summary>Reads a JSON schema; whatever it does not know is a fault, because a bound that is ignored is none.</summary>
internal sealed class SchemaReader
{
    private const int MostFaults = 5;
    private const int MostNodes = 1000;
    private const int MostDepth = 32;

    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<(SchemaNode From, string Path, string Target)> _references = [];
    private readonly List<SchemaFault> _faults = [];

    public IReadOnlyList<SchemaFault> Faults => _faults;

    public SchemaNode Read(JsonElement schema)
    {
        var root = Read(schema, "", 0);
        foreach (var (from, path, target) in _references)
        {
            if (Find(target) is { } found)
            {
                from.Reference = found;
            }
            else
            {
                Refuse(path, "this points to no schema within the schema: put it under $defs and write #/$defs/NAME");
            }
        }
        if (_faults.Count == 0)
        {
            RefuseCycles();
        }
        return root;
    }

    public SchemaNode Read(JsonElement schema, string path, int depth)
    {
        var node = new SchemaNode();
        if (_nodes.Count >= MostNodes || depth > MostDepth)
        {
            Refuse(path, depth > MostDepth ? $"schemas are nested at most {MostDepth} deep" : $"a schema has at most {MostNodes:N0} schemas within");
            return node;
        }
        _nodes[path] = node;
        switch (schema.ValueKind)
        {
            case JsonValueKind.True:
                break;
            case JsonValueKind.False:
                node.IsNever = true;
                break;
            case JsonValueKind.Object:
                new KeywordReader(this, node, path, depth).Read(schema);
                break;
            default:
                Refuse(path, "a schema is an object, true or false");
                break;
        }
        return node;
    }

    public void Refer(SchemaNode from, string path, string target) => _references.Add((from, path, target));

    public void Refuse(string path, string message)
    {
        if (_faults.Count < MostFaults)
        {
            _faults.Add(new(path, message));
        }
    }

    private SchemaNode? Find(string target) => target.StartsWith('#') ? _nodes.GetValueOrDefault(Uri.UnescapeDataString(target[1..])) : null;

    /// <summary>Without a step into the value a check would never end.</summary>
    private void RefuseCycles()
    {
        var (open, done) = (new HashSet<SchemaNode>(), new HashSet<SchemaNode>());
        foreach (var (path, node) in _nodes)
        {
            if (IsInCycle(node, open, done))
            {
                Refuse(path, "this schema refers to itself for the same value: let it do so within properties or items");
                return;
            }
        }
    }

    private static bool IsInCycle(SchemaNode node, HashSet<SchemaNode> open, HashSet<SchemaNode> done)
    {
        if (done.Contains(node))
        {
            return false;
        }
        if (!open.Add(node) || node.InPlace.Any(other => IsInCycle(other, open, done)))
        {
            return true;
        }
        done.Add(node);
        return false;
    }
}

namespace AiApp.Rag.Caching;

/// <summary>The mirrors of the partitions used last, each with as many questions as Redis holds of one.</summary>
internal sealed class QuestionMirrors(int most, int mostQuestions)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Id, QuestionMirror Mirror)>> _byPartition = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Id, QuestionMirror Mirror)> _byUse = [];

    public QuestionMirror Of(CachePartition partition, int dimensions)
    {
        lock (_gate)
        {
            if (_byPartition.TryGetValue(partition.Id, out var known))
            {
                _byUse.Remove(known);
                _byUse.AddFirst(known);
                return known.Value.Mirror;
            }
            if (_byPartition.Count >= most && _byUse.Last is { } oldest)
            {
                _byUse.RemoveLast();
                _byPartition.Remove(oldest.Value.Id);
            }
            var mirror = new QuestionMirror(dimensions, mostQuestions);
            _byPartition[partition.Id] = _byUse.AddFirst((partition.Id, mirror));
            return mirror;
        }
    }
}

using System.Text.RegularExpressions;

namespace AiApp.Rag.Retrieval.Vector;

/// <summary>The words of the CHECK constraint on <c>embedding_space.state</c>; drawn in docs/adr/0012.</summary>
public enum EmbeddingSpaceState
{
    /// <summary>Its vectors are being made.</summary>
    Filling,

    /// <summary>Every chunk has a vector; a swap would take it.</summary>
    Ready,

    /// <summary>Questions are searched here.</summary>
    Current,

    /// <summary>Was current, and is still written: a rollback loses nothing.</summary>
    Retired,
}

/// <summary>The vector table of one embedding model, as it stood when the request read it.</summary>
public sealed partial record EmbeddingSpace
{
    public required int Id { get; init; }
    public required string Model { get; init; }
    public required int Dimensions { get; init; }
    public required string TableName { get; init; }
    public required EmbeddingSpaceState State { get; init; }

    /// <summary>False while chunks may lack a vector, whatever the state.</summary>
    public required bool IsFilled { get; init; }

    /// <summary>Vectors in the table, from its size on disk: dead rows count too.</summary>
    public long EstimatedVectors { get; init; }

    /// <summary>Puts the space's table into a statement that names it as {space}.</summary>
    internal string In(string sql) => sql.Replace("{space}", TableName, StringComparison.Ordinal);

    internal static EmbeddingSpace Unfilled(int id, string model, int dimensions, string tableName) => new()
    {
        Id = id,
        Model = model,
        Dimensions = dimensions,
        TableName = Safe(tableName),
        State = EmbeddingSpaceState.Filling,
        IsFilled = false,
    };

    /// <exception cref="InvalidOperationException">This would be put into statements, and is no name of a vector table.</exception>
    internal static string Safe(string tableName) => SafeTableName().IsMatch(tableName)
        ? tableName
        : throw new InvalidOperationException($"'{tableName}' is not the name of a vector table.");

    [GeneratedRegex("^embedding_[0-9]{1,9}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex SafeTableName();
}

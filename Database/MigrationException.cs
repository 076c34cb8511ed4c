namespace AiApp.Database;

/// <summary>Why the schema could not be brought up to date; the message says what to do.</summary>
public sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);

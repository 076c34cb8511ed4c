namespace AiApp.Cli;

/// <summary>The command cannot run as it was given; the message says what to change.</summary>
internal sealed class UsageException(string message) : Exception(message);

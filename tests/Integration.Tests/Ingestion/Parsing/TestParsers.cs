using AiApp.Rag.Ingestion.Parsing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiApp.Integration.Tests.Ingestion.Parsing;

/// <summary>Pools of the Ingestor's own parsers, and of programs that misbehave as parsers may.</summary>
internal static class TestParsers
{
    /// <summary>The built Ingestor beside these tests.</summary>
    public static ParserCommand Ingestor { get; } = new(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Ingestor", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "AiApp.Ingestor.dll")), ParserProcess.Argument]);

    public static ParserPool Pool(ParserCommand command, ParsingOptions? options = null) =>
        new(command, Options.Create(options ?? new() { WallSeconds = 30 }), TimeProvider.System, NullLogger<ParserPool>.Instance);

    /// <summary>A program that does this instead of reading.</summary>
    public static ParserPool PoolOf(string script, ParsingOptions? options = null) => Pool(new("/bin/sh", ["-c", script]), options);
}

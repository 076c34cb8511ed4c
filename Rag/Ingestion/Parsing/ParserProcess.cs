using System.Runtime.InteropServices;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion.Parsing;

/// <summary>The child's side: reads what comes through its standard input until that ends.</summary>
public static class ParserProcess
{
    /// <summary>The argument that makes a host's program a parser.</summary>
    public const string Argument = "parse";

    internal const int OutOfMemoryExitCode = 81;

    // Neither of the codes that the runtime ends with: the document has done nothing.
    private const int MachineFaultExitCode = 82;

    private const int MaxFrame = int.MaxValue;

    public static async Task<int> RunAsync()
    {
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        // A library that talks must not talk into the frames.
        Console.SetOut(TextWriter.Null);
        var readers = new DocumentReaders(DocumentReaders.All);
        var next = ReadRequestAsync(input);
        while (await next is var (request, bytes))
        {
            // The end of the input is seen while a document is read: the parent is gone, and nobody waits for the reply.
            next = ReadRequestAsync(input);
            var reading = Task.Run(() => Read(readers, request, bytes));
            if (await Task.WhenAny(reading, next) == next && await next is null)
            {
                return 0;
            }
            await ParserFrames.WriteMessageAsync(output, await reading, CancellationToken.None);
        }
        return 0;
    }

    private static ParserReply Read(DocumentReaders readers, ParserRequest request, byte[] bytes)
    {
        try
        {
            return new(readers.Read(bytes, request.SourceUri, request.MediaType, CancellationToken.None), null);
        }
        catch (UnreadableDocumentException unreadable)
        {
            return new(null, new JobFailure(unreadable.Code, unreadable.Message));
        }
        catch (ExternalException)
        {
            // A program that reads for us cannot be started.
            Environment.Exit(MachineFaultExitCode);
            throw;
        }
        catch (OutOfMemoryException)
        {
            // What is left of the heap is not worth saving.
            Environment.Exit(OutOfMemoryExitCode);
            throw;
        }
    }

    private static async Task<(ParserRequest Request, byte[] Bytes)?> ReadRequestAsync(Stream input) =>
        await ParserFrames.ReadFrameAsync(input, MaxFrame, CancellationToken.None) is { } request
            && await ParserFrames.ReadFrameAsync(input, MaxFrame, CancellationToken.None) is { } bytes
            ? (ParserFrames.Parse<ParserRequest>(request), bytes)
            : null;
}

using System.Diagnostics;
using System.Text.Json;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion.Parsing;

/// <summary>One parser process. Whoever got an exception from it must dispose it.</summary>
internal sealed class ParserChild : IDisposable
{
    // Longer than the longest text that a reader gives, in UTF-8 and escaped.
    private const int MaxReply = 128 * 1024 * 1024;
    private const int Aborted = 134;
    private const int SegmentationFault = 139;
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly ParsingOptions _options;
    private readonly TimeProvider _clock;

    private ParserChild(Process process, ParsingOptions options, TimeProvider clock) => (_process, _options, _clock) = (process, options, clock);

    private int _served;
    private bool _isBusy;

    /// <summary>False when it has gone, is still at a document that was given up, or has read its share.</summary>
    public bool IsUsable => !_isBusy && _served < _options.DocumentsPerProcess && !_process.HasExited;

    public static ParserChild Start(ParserCommand command, ParsingOptions options, TimeProvider clock)
    {
        var process = Process.Start(command.ToStartInfo(options)) ?? throw new InvalidOperationException("No parser process was started.");
        // Nobody reads what a dying runtime prints, which may quote the document; an unread pipe would block it.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new(process, options, clock);
    }

    /// <exception cref="UnreadableDocumentException">The document cannot be read, or not within its bounds.</exception>
    /// <exception cref="ParserCrashedException">The process ended.</exception>
    public async Task<ReadDocument> ParseAsync(ReadOnlyMemory<byte> bytes, ParserRequest request, CancellationToken ct)
    {
        _served++;
        _isBusy = true;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var exchange = ExchangeAsync(bytes, request, ended.Token);
        var watch = WatchAsync(ended.Token);
        try
        {
            var reply = await Task.WhenAny(exchange, watch) == watch ? throw await watch : await exchange;
            if (reply is null)
            {
                throw await CrashAsync();
            }
            _isBusy = false;
            return reply.Document ?? throw new UnreadableDocumentException(reply.Failure!.Code, reply.Failure.Reason);
        }
        catch (Exception broken) when (broken is IOException or JsonException or InvalidDataException && !ct.IsCancellationRequested)
        {
            throw await CrashAsync();
        }
        finally
        {
            if (_isBusy)
            {
                Kill();
            }
            await ended.CancelAsync();
            await Settle(exchange, watch);
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    private async Task<ParserReply?> ExchangeAsync(ReadOnlyMemory<byte> bytes, ParserRequest request, CancellationToken ct)
    {
        await ParserFrames.WriteMessageAsync(_process.StandardInput.BaseStream, request, ct);
        await ParserFrames.WriteFrameAsync(_process.StandardInput.BaseStream, bytes, ct);
        return await ParserFrames.ReadFrameAsync(_process.StandardOutput.BaseStream, MaxReply, ct) is { } frame ? ParserFrames.Parse<ParserReply>(frame) : null;
    }

    /// <summary>Ends with the bound that was passed.</summary>
    private async Task<UnreadableDocumentException> WatchAsync(CancellationToken ct)
    {
        var (start, cpu) = (_clock.GetTimestamp(), ProcessUse.Cpu(_process));
        using var timer = new PeriodicTimer(WatchEvery, _clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            if (_clock.GetElapsedTime(start) > TimeSpan.FromSeconds(_options.WallSeconds))
            {
                return Poison($"It could not be read within {_options.WallSeconds} seconds.");
            }
            if (ProcessUse.Cpu(_process) - cpu > TimeSpan.FromSeconds(_options.CpuSeconds))
            {
                return Poison($"Reading it takes more than {_options.CpuSeconds} seconds of the processor.");
            }
            if (ProcessUse.MemoryMb(_process) > _options.MemoryMb)
            {
                return TooMuchMemory();
            }
        }
        throw new OperationCanceledException(ct);
    }

    /// <summary>Why the process is gone; kills one that answers nonsense.</summary>
    private async Task<Exception> CrashAsync()
    {
        if (!_process.HasExited)
        {
            using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(2), _clock);
            try
            {
                await _process.WaitForExitAsync(brief.Token);
            }
            catch (OperationCanceledException)
            {
                return new ParserCrashedException("The parser process answered nonsense.");
            }
        }
        return _process.ExitCode switch
        {
            ParserProcess.OutOfMemoryExitCode => TooMuchMemory(),
            // The runtime aborts when the stack overflows; that is not a matter of luck.
            Aborted or SegmentationFault => Poison("Reading it stops its reader: the document is damaged or nested too deeply."),
            var code => new ParserCrashedException($"The parser process ended with {code}."),
        };
    }

    private UnreadableDocumentException TooMuchMemory() => Poison($"Reading it takes more than {_options.MemoryMb} MB of memory.");

    private static UnreadableDocumentException Poison(string reason) => new(FailureCodes.PoisonDocument, reason);

    /// <summary>Both have been told to end; what they say about it is of no interest.</summary>
    private static Task Settle(params Task[] tasks) => Task.WhenAll(tasks).ContinueWith(
        done => done.Exception?.Handle(_ => true), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}

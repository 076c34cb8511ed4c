using AiApp.Rag.Models;
using AiApp.Rag.Retrieval.Vector;

namespace AiApp.Api.Spaces;

/// <summary>The verbs of the command; each tells what it did, or what to do instead, and returns the exit code.</summary>
internal sealed class SpaceConsole(
    SpaceAdministration administration, EmbeddingSpaces spaces, EmbeddingModels models, TextWriter output)
{
    public async Task<int> ListAsync(CancellationToken ct)
    {
        foreach (var progress in await administration.ListAsync(ct))
        {
            await output.WriteLineAsync(Describe(progress));
        }
        await output.WriteLineAsync($"Models at hand: {Names()}");
        return 0;
    }

    public async Task<int> FillAsync(string name, bool preview, CancellationToken ct)
    {
        if (await FindModelAsync(name) is not { } model)
        {
            return 1;
        }
        var work = await administration.PreviewAsync(ct);
        await output.WriteLineAsync($"{model.Model} ({model.Dimensions} dimensions) embeds {work.ChunkCount} chunks of about {work.TokenCount} tokens.");
        if (preview)
        {
            return 0;
        }
        await spaces.EnsureAsync(model, ct);
        await output.WriteLineAsync("Its space is there. An Ingestor that knows the model fills it; 'spaces list' tells how far it is.");
        return 0;
    }

    public async Task<int> SwapAsync(string name, bool force, CancellationToken ct) =>
        await FindModelAsync(name) is not { } model ? 1 : await administration.SwapAsync(model, force, ct) switch
        {
            SpaceChange.Done => await SayAsync(0, $"Questions are searched in {model.Model} from now on. 'spaces rollback' goes back."),
            SpaceChange.IsCurrent => await SayAsync(0, $"{model.Model} is current already."),
            SpaceChange.HasGaps => await SayAsync(1, $"Not swapped: chunks still lack a vector of {model.Model}. {await CoverageAsync(model, ct)}"
                + " Wait until 'spaces list' calls it ready, or use --force: then the space before it is read as well."),
            SpaceChange.NoSuchSpace => await SayAsync(1, $"{model.Model} has no space yet: 'spaces fill {name}' makes it."),
            SpaceChange.ModelNotConfigured => 1,
        };

    public async Task<int> RollBackAsync(CancellationToken ct)
    {
        var (change, space) = await administration.RollBackAsync(ct);
        return change switch
        {
            SpaceChange.Done => await SayAsync(0, $"Questions are searched in {space!.Model} again."),
            SpaceChange.ModelNotConfigured => await SayAsync(1, $"Not rolled back: the configuration does not name {space!.Model} with {space.Dimensions}"
                + " dimensions. Set it under Models:Embeddings first, for every process."),
            SpaceChange.NoSuchSpace or SpaceChange.IsCurrent or SpaceChange.HasGaps => await SayAsync(1, "There is no earlier space to go back to."),
        };
    }

    public async Task<int> DropAsync(string name, CancellationToken ct)
    {
        var model = models.Find(name);
        if (await administration.FindAsync(model?.Model ?? name, model?.Dimensions, ct) is not { } space)
        {
            return await SayAsync(1, $"There is no space of {name}.");
        }
        return await administration.DropAsync(space, ct) == SpaceChange.Done
            ? await SayAsync(0, $"The space of {space.Model} and its vectors are gone.")
            : await SayAsync(1, $"Not dropped: {space.Model} is current. Swap to another model or roll back first.");
    }

    private async Task<EmbeddingModel?> FindModelAsync(string name)
    {
        var model = models.Find(name);
        if (model is null)
        {
            await output.WriteLineAsync($"The configuration names no embedding model {name}: set Models:Embeddings:{name}. Models at hand: {Names()}");
        }
        return model;
    }

    private async Task<string> CoverageAsync(EmbeddingModel model, CancellationToken ct) =>
        (await administration.ListAsync(ct)).FirstOrDefault(entry => entry.Space.Model == model.Model && entry.Space.Dimensions == model.Dimensions) is { } progress
            ? $"{progress.EmbeddedCount} of {progress.ChunkCount} have one."
            : "";

    private async Task<int> SayAsync(int exitCode, string text)
    {
        await output.WriteLineAsync(text);
        return exitCode;
    }

    private string Names() => string.Join(", ", models.All.Select(model => model.Name).Distinct());

    private static string Describe(SpaceProgress progress)
    {
        var space = progress.Space;
        var speed = progress.ChunksPerSecond is { } chunks ? $"  {chunks:F0} chunks/s" : "";
        var remaining = progress.Remaining is { } time ? $", about {time.TotalMinutes:F0} min left" : "";
        return $"{space.State.ToString().ToLowerInvariant(),-8} {space.Model,-28} {space.Dimensions,5}  {progress.Coverage,7:P1} of {progress.ChunkCount} chunks{speed}{remaining}";
    }
}

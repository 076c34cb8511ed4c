using System.CommandLine;
using AiApp.Rag.Models;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiApp.Api.Spaces;

/// <summary><c>spaces list | fill | swap | rollback | drop</c>: changes the embedding model of a running service.</summary>
internal static class SpacesCommand
{
    public const string Name = "spaces";

    public static Task<int> RunAsync(string[] args, Action<WebApplicationBuilder>? configure = null, TextWriter? output = null) =>
        ServerCommand.RunAsync(Build(configure), args, output);

    private static RootCommand Build(Action<WebApplicationBuilder>? configure)
    {
        Command Verb(string name, string description, Func<SpaceConsole, ParseResult, CancellationToken, Task<int>> act)
        {
            var verb = new Command(name, description);
            verb.SetAction((parsed, ct) => WithConsoleAsync(configure, parsed.InvocationConfiguration.Output, console => act(console, parsed, ct)));
            return verb;
        }

        var model = new Argument<string>("model") { Description = "A key of Models:Embeddings, or the model's own name." };
        var preview = new Option<bool>("--preview") { Description = "Only tell how much there is to embed." };
        var force = new Option<bool>("--force") { Description = "Even while chunks lack a vector; the space before it is read as well until none does." };

        var list = Verb("list", "Lists the spaces, how far they are filled, and the models at hand.", (console, _, ct) => console.ListAsync(ct));
        var fill = Verb("fill", "Makes a space for a model; the Ingestor fills it in the background.",
            (console, parsed, ct) => console.FillAsync(parsed.GetRequiredValue(model), parsed.GetValue(preview), ct));
        fill.Add(model);
        fill.Add(preview);
        var swap = Verb("swap", "Searches questions in the model's space from now on.",
            (console, parsed, ct) => console.SwapAsync(parsed.GetRequiredValue(model), parsed.GetValue(force), ct));
        swap.Add(model);
        swap.Add(force);
        var rollback = Verb("rollback", "Goes back to the space that was current before.", (console, _, ct) => console.RollBackAsync(ct));
        var drop = Verb("drop", "Removes a space and its vectors for good.", (console, parsed, ct) => console.DropAsync(parsed.GetRequiredValue(model), ct));
        drop.Add(model);

        return new RootCommand("AiApp's Api.") { new Command(Name, "Embedding spaces.") { list, fill, swap, rollback, drop } };
    }

    private static async Task<int> WithConsoleAsync(Action<WebApplicationBuilder>? configure, TextWriter output, Func<SpaceConsole, Task<int>> act)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        configure?.Invoke(builder);
        builder.AddStorage().AddModels();
        builder.Services.TryAddSingleton<EmbeddingSpaces>();
        builder.Services.TryAddSingleton<SpaceAdministration>();
        await using var app = builder.Build();
        return await act(new SpaceConsole(
            app.Services.GetRequiredService<SpaceAdministration>(), app.Services.GetRequiredService<EmbeddingSpaces>(),
            app.Services.GetRequiredService<EmbeddingModels>(), output));
    }
}

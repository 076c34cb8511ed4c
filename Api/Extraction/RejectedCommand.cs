using System.CommandLine;
using AiApp.Rag.Gateway.Structured;
using AiApp.Rag.Storage;

namespace AiApp.Api.Extraction;

/// <summary><c>rejected list | show</c>: answers of models that were not valid, on the server's console: they hold text of documents.</summary>
internal static class RejectedCommand
{
    public const string Name = "rejected";

    public static Task<int> RunAsync(string[] args, Action<WebApplicationBuilder>? configure = null, TextWriter? output = null) =>
        ServerCommand.RunAsync(Build(configure), args, output);

    private static RootCommand Build(Action<WebApplicationBuilder>? configure)
    {
        var tenant = new Option<string?>("--tenant") { Description = "Of this tenant only." };
        var limit = new Option<int>("--limit") { DefaultValueFactory = _ => 20, Description = "How many, newest first." };
        var list = new Command("list", "Lists the answers that were rejected in the last 30 days, without their text.") { tenant, limit };
        list.SetAction((parsed, ct) => WithOutputsAsync(configure, outputs => ListAsync(
            outputs, parsed.GetValue(tenant), Math.Clamp(parsed.GetValue(limit), 1, 1000), parsed.InvocationConfiguration.Output, ct)));

        var id = new Argument<Guid>("id") { Description = "The rejectedOutputId of a problem." };
        var show = new Command("show", "Shows one with its text, which may hold text of documents.") { id };
        show.SetAction((parsed, ct) => WithOutputsAsync(
            configure, outputs => ShowAsync(outputs, parsed.GetRequiredValue(id), parsed.InvocationConfiguration.Output, ct)));

        return new RootCommand("AiApp's Api.") { new Command(Name, "Answers of models that were not valid against their schema.") { list, show } };
    }

    private static async Task<int> ListAsync(RejectedOutputs outputs, string? tenant, int limit, TextWriter output, CancellationToken ct)
    {
        foreach (var rejected in await outputs.ListAsync(tenant, limit, ct))
        {
            await output.WriteLineAsync($"{rejected.Id}  {rejected.At:u}  {rejected.Tenant,-20}  {rejected.Step,-8}  {rejected.Provider}/{rejected.Model}");
        }
        return 0;
    }

    private static async Task<int> ShowAsync(RejectedOutputs outputs, Guid id, TextWriter output, CancellationToken ct)
    {
        if (await outputs.FindAsync(id, ct) is not { } rejected)
        {
            await output.WriteLineAsync($"There is no rejected output {id}: they are kept for 30 days.");
            return 1;
        }
        await output.WriteLineAsync(
            $"""
            at       {rejected.At:u}
            tenant   {rejected.Tenant}
            request  {rejected.RequestId}
            step     {rejected.Step}
            model    {rejected.Provider}/{rejected.Model}
            schema   {rejected.SchemaHash}
            {rejected.Reasons}

            {Printable(rejected.Text!)}
            """);
        return 0;
    }

    /// <summary>A model must not be able to steer the terminal of whoever reads it.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c));

    private static async Task<int> WithOutputsAsync(Action<WebApplicationBuilder>? configure, Func<RejectedOutputs, Task<int>> act)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RejectedOutputs>();
        configure?.Invoke(builder);
        // The application's role cannot read them.
        builder.AddStorage(StorageRole.Worker);
        await using var app = builder.Build();
        return await act(app.Services.GetRequiredService<RejectedOutputs>());
    }
}

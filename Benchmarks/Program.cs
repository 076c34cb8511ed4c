using System.CommandLine;
using AiApp.Benchmarks.Ingestion;
using AiApp.Benchmarks.Queue;
using AiApp.Benchmarks.Retrieval;

var root = new RootCommand("Measures AiApp's speed beside the floors of the database it runs on.") { RetrievalCommand.Create(), IngestionCommand.Create(), QueueCommand.Create() };
return await root.Parse(args).InvokeAsync();

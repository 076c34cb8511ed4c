using System.CommandLine;
using AiApp.Benchmarks.Answers;
using AiApp.Benchmarks.Gateway;
using AiApp.Benchmarks.Ingestion;
using AiApp.Benchmarks.Queue;
using AiApp.Benchmarks.Retrieval;

var root = new RootCommand("Measures AiApp's speed beside the floors of what it stands on.") { RetrievalCommand.Create(), IngestionCommand.Create(), QueueCommand.Create(), GatewayCommand.Create(), AnswersCommand.Create() };
return await root.Parse(args).InvokeAsync();

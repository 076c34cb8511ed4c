using System.CommandLine;
using AiApp.Benchmarks.Retrieval;

var root = new RootCommand("Measures AiApp's speed beside the floors of the database it runs on.") { RetrievalCommand.Create() };
return await root.Parse(args).InvokeAsync();

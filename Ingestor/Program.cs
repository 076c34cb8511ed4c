using AiApp.Ingestor;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Models;
using AiApp.Rag.Storage;
using AiApp.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddStorage(StorageRole.Worker);
builder.AddModels();
builder.AddDocuments();
builder.AddJobs();
builder.AddIngestion();
builder.AddWorkers();

var app = builder.Build();
app.MapDefaultEndpoints();
await app.RunAsync();

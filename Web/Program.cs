using AiApp.ServiceDefaults;
using AiApp.Web.Access;
using AiApp.Web.Answers;
using AiApp.Web.ApiAccess;
using AiApp.Web.Components;
using AiApp.Web.Uploads;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddApiAccess();
builder.AddAccess();
builder.AddAnswers();
builder.AddUploads();
builder.AddPages();

var app = builder.Build();
app.UseAccess();
app.MapDefaultEndpoints();
app.MapUploads();
app.MapPages();
await app.RunAsync();

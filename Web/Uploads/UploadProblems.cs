using AiApp.Contracts;
using AiApp.Web.Answers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Web.Uploads;

/// <summary>Refusals as the page shows them.</summary>
internal static class UploadProblems
{
    /// <summary>Null for what is neither the sender's fault nor the Api's.</summary>
    public static ProblemDto? From(Exception exception) => exception switch
    {
        InvalidDataException => new ProblemDto { Status = 413, Code = ProblemCodes.TooLarge },
        BadHttpRequestException bad => new ProblemDto { Status = bad.StatusCode, Code = bad.StatusCode == 413 ? ProblemCodes.TooLarge : ProblemCodes.Validation },
        _ => Problems.From(exception) is { } problem ? problem with { Status = problem.Status ?? 502 } : null,
    };

    public static JsonHttpResult<ProblemDto> Refuse(ProblemDto problem) => TypedResults.Json(
        problem with { Title = Problems.Sentence(problem), Detail = Problems.WhatToDo(problem) },
        statusCode: problem.Status ?? 400,
        contentType: "application/problem+json");
}

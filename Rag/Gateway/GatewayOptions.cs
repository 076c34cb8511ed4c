using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Gateway;

/// <summary>Bounds on every model call.</summary>
public sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>For all attempts of a call together, its whole stream included.</summary>
    [Range(0.1, 600, ErrorMessage = "Gateway:DeadlineSeconds must be between 0.1 and 600.")]
    public double DeadlineSeconds { get; set; } = 90;

    /// <summary>Calls of providers for one request: retries, failovers and hedges together.</summary>
    [Range(1, 3, ErrorMessage = "Gateway:MaxAttempts must be between 1 and 3.")]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Retries of the same model, as a share of the calls.</summary>
    [Range(0, 0.5, ErrorMessage = "Gateway:RetryShare must be between 0 and 0.5.")]
    public double RetryShare { get; set; } = 0.1;

    /// <summary>
    /// What second calls to the next model may add to the spend, as a share, when a first token takes longer than 19 of 20 did. 0
    /// makes none.
    /// </summary>
    [Range(0, 1, ErrorMessage = "Gateway:HedgeShare must be between 0 and 1.")]
    public double HedgeShare { get; set; }

    /// <summary>Failures in a row after which a model is left alone.</summary>
    [Range(1, 100, ErrorMessage = "Gateway:BreakAfter must be between 1 and 100.")]
    public int BreakAfter { get; set; } = 3;

    /// <summary>How long it is left alone before it is probed, and between two probes.</summary>
    [Range(0.1, 600, ErrorMessage = "Gateway:BreakSeconds must be between 0.1 and 600.")]
    public double BreakSeconds { get; set; } = 5;

    /// <summary>Reservations of a process that has died are given up after the deadline and so long.</summary>
    [Range(1, 3600, ErrorMessage = "Gateway:ReservationSeconds must be between 1 and 3600.")]
    public int ReservationSeconds { get; set; } = 60;

    /// <summary>How long a process that ends may take to withdraw what it has told of its models; it is seen to be silent else.</summary>
    [Range(0.1, 600, ErrorMessage = "Gateway:LeaveSeconds must be between 0.1 and 600.")]
    public double LeaveSeconds { get; set; } = 2;

    internal TimeSpan Deadline => TimeSpan.FromSeconds(DeadlineSeconds);
}

using System.ComponentModel.DataAnnotations;

namespace HaLong.Signatures.Sessions;

/// <summary>Section <c>Sessions</c>.</summary>
internal sealed class SessionOptions
{
    public const string Section = "Sessions";

    /// <summary>Days that the files of an ended session are kept.</summary>
    [Range(1, 3650, ErrorMessage = "Sessions:KeepDays must be from 1 to 3650.")]
    public int KeepDays { get; set; } = 30;

    /// <summary>How long one order keeps a file to itself, and an answer is waited for.</summary>
    [Range(30, 600, ErrorMessage = "Sessions:HoldSeconds must be from 30 to 600.")]
    public int HoldSeconds { get; set; } = 300;

    /// <summary>How often a provider is asked that has not answered.</summary>
    [Range(1, 300, ErrorMessage = "Sessions:AskSeconds must be from 1 to 300.")]
    public int AskSeconds { get; set; } = 5;

    /// <summary>How often a replica looks for what is due.</summary>
    [Range(1, 3600, ErrorMessage = "Sessions:WorkerSeconds must be from 1 to 3600.")]
    public int WorkerSeconds { get; set; } = 5;

    /// <summary>How long one replica has a step to itself before another takes it for dead.</summary>
    [Range(5, 600, ErrorMessage = "Sessions:LeaseSeconds must be from 5 to 600.")]
    public int LeaseSeconds { get; set; } = 60;
}

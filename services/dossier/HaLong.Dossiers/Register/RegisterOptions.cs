using System.ComponentModel.DataAnnotations;

namespace HaLong.Dossiers.Register;

/// <summary>Settings of the register, section <c>Register</c>.</summary>
internal sealed class RegisterOptions
{
    public const string Section = "Register";

    /// <summary>How often accepted dossiers get their numbers.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A dossier waits so long for its number, longer than any acceptance takes from its moment to its commit: then none that was accepted
    /// earlier can still appear, and numbers follow the order of acceptance.
    /// </summary>
    public TimeSpan Settle { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Numbers given in one transaction.</summary>
    [Range(1, 10_000)]
    public int Batch { get; set; } = 500;

    /// <summary>Most rows of a PDF that is made on demand.</summary>
    [Range(1, 200_000)]
    public int MostPdfRows { get; set; } = 20_000;
}

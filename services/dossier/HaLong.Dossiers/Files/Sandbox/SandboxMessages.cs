using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Files.Sandbox;

/// <summary>One line to the child process: look at a file, or join photos.</summary>
/// <param name="Paths">The file, or the photos in order.</param>
/// <param name="MediaType">What the file is by its first bytes.</param>
/// <param name="Output">Where the joined PDF goes; null to look.</param>
internal sealed record SandboxRequest(IReadOnlyList<string> Paths, string? MediaType, string? Output);

/// <summary>One line back.</summary>
/// <param name="Checks">What was found.</param>
/// <param name="Pages">Pages of the file or of the joined PDF.</param>
/// <param name="Signatures">Signatures in it.</param>
/// <param name="BadPhoto">Number from 1 of a photo that cannot be read.</param>
internal sealed record SandboxAnswer(IReadOnlyList<PreflightCheck> Checks, int? Pages = null, int Signatures = 0, int? BadPhoto = null)
{
    /// <summary>The child process died of it, or took too long.</summary>
    public static readonly SandboxAnswer TooComplex = new([PreflightCheck.Fail(CheckCode.Size, "complex")]);
}

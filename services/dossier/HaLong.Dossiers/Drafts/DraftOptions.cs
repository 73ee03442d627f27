using System.ComponentModel.DataAnnotations;

namespace HaLong.Dossiers.Drafts;

/// <summary>Settings of drafts, section <c>Drafts</c>.</summary>
internal sealed class DraftOptions
{
    public const string Section = "Drafts";

    /// <summary>Revisions kept one by one; older ones are merged into the oldest.</summary>
    [Range(2, 10_000)]
    public int MaxRevisions { get; set; } = 200;

    /// <summary>Most that the revisions of a draft may take together, in bytes; beyond it the oldest are merged sooner.</summary>
    [Range(1024, 1L << 30)]
    public long MaxRevisionBytes { get; set; } = 4 * 1024 * 1024;
}

using System.ComponentModel.DataAnnotations;
using HaLong.Dossiers.Archive.Retention;

namespace HaLong.Dossiers.Archive;

/// <summary>Settings of archive, retention and destruction, section <c>Archive</c>.</summary>
internal sealed class ArchiveOptions
{
    public const string Section = "Archive";

    /// <summary>Where exports lie among the blobs: a folder of the file store, or a prefix of the bucket.</summary>
    [Required, RegularExpression("[a-z0-9-]+(/[a-z0-9-]+)*")]
    public string Prefix { get; set; } = "archive";

    /// <summary>How often work that is due is looked for.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most dossiers on one destruction list.</summary>
    [Range(1, 10_000)]
    public int MaxListed { get; set; } = 1000;

    /// <summary>Days between the notice to the owner of an old draft and its deletion. Assumed: no law says.</summary>
    [Range(1, 365)]
    public int DraftNoticeDays { get; set; } = 14;

    /// <summary>Retention rules in place of those of Data/retention.json.</summary>
    public List<RetentionRule> Rules { get; set; } = [];
}

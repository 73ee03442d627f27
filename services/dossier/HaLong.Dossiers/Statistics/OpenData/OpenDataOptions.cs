using System.ComponentModel.DataAnnotations;

namespace HaLong.Dossiers.Statistics.OpenData;

/// <summary>Settings of open data, section <c>Statistics:OpenData</c>.</summary>
internal sealed class OpenDataOptions
{
    public const string Section = "Statistics:OpenData";

    [Required]
    public string PublisherVi { get; set; } = "Ủy ban nhân dân thành phố Hạ Long";

    [Required]
    public string PublisherEn { get; set; } = "People's Committee of Ha Long City";

    /// <summary>Address of the licence.</summary>
    [Required]
    public string Licence { get; set; } = "https://creativecommons.org/licenses/by/4.0/";

    /// <summary>Figures are given from this day on.</summary>
    public DateOnly First { get; set; } = new(2024, 1, 1);

    /// <summary>How long a file is given as it was made.</summary>
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromHours(1);
}

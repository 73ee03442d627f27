namespace HaLong.Dossiers.Statistics.OpenData;

/// <summary>A column of a dataset.</summary>
/// <param name="Key">As it is named in files.</param>
/// <param name="Type">text, count, percent, minutes or points.</param>
/// <param name="Vi">What it means, in Vietnamese.</param>
/// <param name="En">What it means, in English.</param>
/// <param name="Numerator">Of a share: the column that it divides.</param>
/// <param name="Denominator">Of a share: by which.</param>
internal sealed record DatasetColumn(string Key, string Type, string Vi, string En, string? Numerator = null, string? Denominator = null);

/// <summary>A set of figures that anybody may use.</summary>
/// <param name="Quarterly">It has rows for each quarter; else for each month.</param>
internal sealed record Dataset(
    string Id, string TitleVi, string TitleEn, string DescriptionVi, string DescriptionEn, bool Quarterly, IReadOnlyList<DatasetColumn> Columns);

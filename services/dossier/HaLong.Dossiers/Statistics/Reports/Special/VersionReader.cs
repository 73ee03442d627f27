using HaLong.Dossiers.Statistics.Cubes;

namespace HaLong.Dossiers.Statistics.Reports.Special;

/// <summary>The figures of one version of a unit; <paramref name="Id"/> is empty where the version is not known.</summary>
internal sealed record VersionFigures(string Id, string Code, Figures Figures);

/// <summary>Reads figures by version of unit: a code can mean another unit from a day on.</summary>
internal sealed class VersionReader(CubeReader cubes)
{
    /// <summary>Versions that have nothing to tell of the period are left out.</summary>
    public async Task<List<VersionFigures>> ReadAsync(DateOnly from, DateOnly to, CancellationToken ct)
    {
        var rows = await cubes.ReadAsync(new Slice(from, to) { By = [Dimension.Version, Dimension.Unit] }, ct);
        return [.. rows.Where(r => Figures.Measures.Any(m => r.Figures[m] != 0)).Select(r => new VersionFigures(r.Keys[0], r.Keys[1], r.Figures))];
    }
}

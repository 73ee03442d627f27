namespace HaLong.Dossiers.Domain;

/// <summary>The limit in force, and what the national portal prints per channel.</summary>
internal sealed record ProcedureTimeLimit(
    int? Value, string? Unit, string? Note, bool Assumed, IReadOnlyDictionary<string, ShownLimit>? ShownByChannel)
{
    /// <summary>Limits of special cases and channels.</summary>
    public IReadOnlyList<LimitVariant> Variants { get; init; } = [];

    /// <summary>The limit of a case filed through a channel; without such a variant the general one.</summary>
    /// <param name="channel">direct, online or post.</param>
    /// <param name="code">Code of the variant; null for the ordinary case.</param>
    public (int? Value, string? Unit, bool Assumed) For(string channel, string? code = null)
    {
        var fitting = Variants.Where(v => v.Code == code && (v.Channel is null || v.Channel == channel)).MaxBy(v => v.Channel is null ? 0 : 1);
        return fitting is null ? (Value, Unit, Assumed) : (fitting.Value, fitting.Unit, fitting.Assumed);
    }
}

/// <summary>A limit as printed.</summary>
internal sealed record ShownLimit(int Value, string? Unit);

/// <summary>A limit that differs from the general one, e.g. where a verification is needed.</summary>
/// <param name="Code">Names the case; null for one that differs by channel only.</param>
/// <param name="Channel">direct, online or post; null for all.</param>
internal sealed record LimitVariant(string? Code, string? NameVi, string? NameEn, string? Channel, int Value, string Unit, bool Assumed);

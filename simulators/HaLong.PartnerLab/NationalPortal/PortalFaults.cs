using HaLong.PartnerLab.Dials;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.NationalPortal;

/// <summary>Faults that come by chance: the dial's value is how many of a hundred.</summary>
internal sealed class PortalFaults(DialBoard dials, IOptions<NationalPortalOptions> options)
{
    private readonly Lock gate = new();
    private readonly Random random = new(options.Value.Seed);

    /// <summary>Whether this fault happens now, to this dossier.</summary>
    public bool Strikes(string name, string? code = null)
    {
        if (dials.Take(name, code) is not { } perCent)
            return false;
        lock (gate)
            return random.NextDouble() * 100 < perCent;
    }

    public double? Value(string name, string? code = null) => dials.Take(name, code);
}

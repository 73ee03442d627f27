using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HaLong.Identity;

/// <summary>Counters of the service; no label ever holds personal data.</summary>
internal sealed class IdentityInstruments
{
    public const string MeterName = "HaLong.Identity";

    private readonly Counter<long> _signIns;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _codes;
    private readonly Counter<long> _alone;

    public IdentityInstruments(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _signIns = meter.CreateCounter<long>("halong.identity.sign_ins", "{attempt}", "Sign-in attempts by outcome.");
        _tokens = meter.CreateCounter<long>("halong.identity.tokens_issued", "{token}", "Access tokens issued by grant and client.");
        _codes = meter.CreateCounter<long>("halong.identity.codes", "{code}", "One-time codes by purpose and what became of them.");
        _alone = meter.CreateCounter<long>("halong.identity.limits_alone", "{attempt}", "Attempts counted by one process only, because Redis is away.");
    }

    public void SignIn(string outcome) => _signIns.Add(1, new TagList { { "outcome", outcome } });

    public void TokenIssued(string grant, string client) => _tokens.Add(1, new TagList { { "grant", grant }, { "client", client } });

    public void CodeSent(string purpose, string outcome) => _codes.Add(1, new TagList { { "purpose", purpose }, { "outcome", outcome } });

    public void LimitedAlone() => _alone.Add(1);
}

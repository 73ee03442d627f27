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

    private readonly Counter<long> _securityChanges;

    private readonly Counter<long> _reuses;
    private readonly Counter<long> _notices;

    public IdentityInstruments(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _signIns = meter.CreateCounter<long>("halong.identity.sign_ins", "{attempt}", "Sign-in attempts by outcome.");
        _tokens = meter.CreateCounter<long>("halong.identity.tokens_issued", "{token}", "Access tokens issued by grant and client.");
        _codes = meter.CreateCounter<long>("halong.identity.codes", "{code}", "One-time codes by purpose and what became of them.");
        _alone = meter.CreateCounter<long>("halong.identity.limits_alone", "{attempt}", "Attempts counted by one process only, because Redis is away.");

        _securityChanges = meter.CreateCounter<long>("halong.identity.security_changes", "{change}", "Factors, recovery codes and linked providers added and removed.");

        _reuses = meter.CreateCounter<long>("halong.identity.tokens_reused", "{token}", "Codes and refresh tokens that came a second time.");
        _notices = meter.CreateCounter<long>("halong.identity.logout_notices", "{notice}", "Back-channel logout notices by client and outcome.");
    }

    public void SignIn(string outcome) => _signIns.Add(1, new TagList { { "outcome", outcome } });

    public void SecurityChange(string change) => _securityChanges.Add(1, new TagList { { "change", change } });

    public void TokenIssued(string grant, string client) => _tokens.Add(1, new TagList { { "grant", grant }, { "client", client } });

    public void CodeSent(string purpose, string outcome) => _codes.Add(1, new TagList { { "purpose", purpose }, { "outcome", outcome } });

    public void LimitedAlone() => _alone.Add(1);

    public void TokenReused(string kind) => _reuses.Add(1, new TagList { { "kind", kind } });

    public void LogoutNotice(string client, string outcome) => _notices.Add(1, new TagList { { "client", client }, { "outcome", outcome } });
}

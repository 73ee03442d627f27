using HaLong.Identity.AccessLog;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.DataRequests;

/// <summary>The parts of the copy that this area and the base of the service know.</summary>
internal static class ExportSections
{
    public static readonly IReadOnlyList<ExportSection> All =
    [
        new("profile", "Tài khoản", "Account", ProfileAsync),
        new("preferences", "Tùy chọn và xác nhận liên hệ", "Preferences and confirmed contact points", PreferencesAsync),
        new("identityDocuments", "Ảnh căn cước", "Images of the identity card", DocumentsAsync),
        new("sessions", "Phiên đăng nhập", "Sessions", SessionsAsync),
        new("signIns", "Các lần đăng nhập", "Sign-ins", SignInsAsync),
        new("secondFactors", "Cách xác thực", "Second factors", FactorsAsync),
        new("linkedLogins", "Tài khoản liên kết", "Linked logins", LoginsAsync),
        new("delegations", "Ủy quyền", "Delegations", DelegationsAsync),
        new("assistedSessions", "Phiên có người hỗ trợ", "Assisted sessions", AssistedAsync),
        new("consents", "Sự đồng ý", "Consents", ConsentsAsync),
        new("accessLog", "Ai đã xem dữ liệu", "Who looked at the data", AccessAsync),
        new("dataRequests", "Yêu cầu về dữ liệu", "Requests about data", RequestsAsync),
    ];

    private static async Task<object?> ProfileAsync(IServiceProvider services, Guid id, CancellationToken ct)
    {
        var a = await Db(services).Accounts.AsNoTracking().SingleAsync(a => a.Id == id, ct);
        return new
        {
            a.Id,
            a.Kind,
            a.UserName,
            a.DisplayName,
            PersonalNumber = services.GetRequiredService<PersonalNumbers>().Of(a)?.Value,
            a.BirthDate,
            a.TaxCode,
            a.Level,
            a.Email,
            a.Phone,
            a.Language,
            a.UnitCode,
            a.Roles,
            a.RestrictedAt,
            a.IsClosed,
            a.CreatedAt,
        };
    }

    private static async Task<object?> PreferencesAsync(IServiceProvider services, Guid id, CancellationToken ct) => await Db(services).Profiles
        .Where(p => p.AccountId == id)
        .Select(p => new { p.Sex, p.PhoneConfirmedAt, p.EmailConfirmedAt, p.Channels, p.QuietSince, p.Digest, p.OptedOutAt, p.VerifiedAt }).SingleOrDefaultAsync(ct);

    private static async Task<object?> DocumentsAsync(IServiceProvider services, Guid id, CancellationToken ct) => await Db(services).IdentityDocuments
        .Where(d => d.AccountId == id).OrderBy(d => d.Side)
        .Select(d => new { d.Side, d.MediaType, d.Size, d.CreatedAt, GetAt = "/api/v1/me/identity-documents/" + d.Side }).ToListAsync(ct);

    private static async Task<object?> SessionsAsync(IServiceProvider services, Guid id, CancellationToken ct) => await Db(services).Sessions
        .Where(s => s.AccountId == id).OrderBy(s => s.StartedAt)
        .Select(s => new { s.Id, s.StartedAt, s.LastSeenAt, s.Methods, s.Assurance, s.Device, s.Address, s.EndedAt, s.EndReason }).ToListAsync(ct);

    private static async Task<object?> SignInsAsync(IServiceProvider services, Guid id, CancellationToken ct) => await Db(services).SignInRecords
        .Where(r => r.AccountId == id).OrderBy(r => r.At).Select(r => new { r.At, r.Outcome }).ToListAsync(ct);

    private static async Task<object?> FactorsAsync(IServiceProvider services, Guid id, CancellationToken ct) => new
    {
        Passkeys = await Db(services).Passkeys.Where(p => p.AccountId == id).OrderBy(p => p.CreatedAt).Select(p => new { p.Name, p.CreatedAt, p.LastUsedAt }).ToListAsync(ct),
        AuthenticatorSince = await Db(services).Authenticators.Where(a => a.AccountId == id).Select(a => a.ConfirmedAt).SingleOrDefaultAsync(ct),
        UnusedRecoveryCodes = await Db(services).RecoveryCodes.CountAsync(c => c.AccountId == id && c.UsedAt == null, ct),
    };

    private static async Task<object?> LoginsAsync(IServiceProvider services, Guid id, CancellationToken ct) => await Db(services).ExternalLogins
        .Where(l => l.AccountId == id).OrderBy(l => l.LinkedAt).Select(l => new { l.Provider, l.Issuer, l.Subject, l.LinkedAt, l.LastUsedAt, l.Assurance }).ToListAsync(ct);

    private static async Task<object?> DelegationsAsync(IServiceProvider services, Guid id, CancellationToken ct) => await Db(services).Delegations
        .Where(d => d.PrincipalId == id || d.DelegateId == id).OrderBy(d => d.OfferedAt)
        .Select(d => new
        {
            d.Id,
            Side = d.PrincipalId == id ? "given" : "received",
            d.Acts,
            d.Procedures,
            d.DossierId,
            d.From,
            d.To,
            Note = d.PrincipalId == id ? d.Note : null,
            d.State,
            d.OfferedAt,
            d.AnsweredAt,
            d.EndedAt,
        }).ToListAsync(ct);

    private static async Task<object?> AssistedAsync(IServiceProvider services, Guid id, CancellationToken ct) => await Db(services).AssistedSessions
        .Where(s => s.CitizenId == id).OrderBy(s => s.OpenedAt)
        .Select(s => new { s.Id, s.Purpose, s.PlaceKind, s.HelperUnit, s.Acts, s.DossierId, s.State, s.ConsentKind, s.OpenedAt, s.ConsentedAt, s.EndedAt }).ToListAsync(ct);

    private static async Task<object?> ConsentsAsync(IServiceProvider services, Guid id, CancellationToken ct) => await Db(services).Consents
        .Where(c => c.AccountId == id).OrderBy(c => c.At)
        .Select(c => new { c.Id, c.Purpose, c.TextVersion, c.TextSha256, c.Granted, c.At, c.Channel, c.SessionId, ByAnother = c.ActorId != id, c.Evidence }).ToListAsync(ct);

    private static async Task<object?> AccessAsync(IServiceProvider services, Guid id, CancellationToken ct)
    {
        var records = await Db(services).AccessRecords.AsNoTracking().Where(r => r.SubjectId == id && r.ActorId != id).OrderBy(r => r.At).ToListAsync(ct);
        return (await Db(services).NamedAsync(records, ct)).ConvertAll(r => r.View);
    }

    private static async Task<object?> RequestsAsync(IServiceProvider services, Guid id, CancellationToken ct)
    {
        var details = services.GetRequiredService<RequestDetails>();
        var requests = await Db(services).DataRequests.AsNoTracking().Where(r => r.AccountId == id).OrderBy(r => r.ReceivedAt).ToListAsync(ct);
        return requests.ConvertAll(r => new
        {
            r.Id,
            r.Kind,
            r.State,
            r.Regime,
            r.ReceivedAt,
            r.AcknowledgeBy,
            r.CompleteBy,
            r.AcknowledgedAt,
            r.DecidedAt,
            r.Reason,
            r.LegalBasis,
            Details = details.Open(r),
        });
    }

    private static IdentityDbContext Db(IServiceProvider services) => services.GetRequiredService<IdentityDbContext>();
}

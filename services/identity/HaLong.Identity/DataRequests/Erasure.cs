using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Profile.Closing;
using HaLong.Messaging;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.DataRequests;

/// <summary>
/// Deletes one kind of optional data of an account, in the transaction of the request. Every area that keeps such data registers its own.
/// </summary>
/// <param name="What">Code of what.</param>
/// <param name="Vi">In Vietnamese.</param>
/// <param name="En">In English.</param>
/// <param name="RunAsync">Deletes; returns how many.</param>
internal sealed record ErasureStep(string What, string Vi, string En, Func<IServiceProvider, Account, CancellationToken, Task<int>> RunAsync);

/// <summary>Deletes what no law keeps, closes the account, and says what stays and why.</summary>
internal sealed class Erasure(IdentityDbContext db, IEnumerable<ErasureStep> steps, IServiceProvider services, AccountClosing closing, TimeProvider time)
{
    public static readonly IReadOnlyList<ErasureStep> Steps =
    [
        new("identityDocuments", "Ảnh căn cước", "Images of the identity card", (s, a, ct) =>
            Db(s).IdentityDocuments.Where(d => d.AccountId == a.Id).ExecuteDeleteAsync(ct)),
        new("dataExports", "Bản sao dữ liệu đã lập", "Copies of data made before", (s, a, ct) =>
            Db(s).DataExports.Where(e => e.AccountId == a.Id).ExecuteDeleteAsync(ct)),
        new("linkedLogins", "Tài khoản liên kết", "Linked logins", (s, a, ct) =>
            Db(s).ExternalLogins.Where(l => l.AccountId == a.Id).ExecuteDeleteAsync(ct)),
        new("secondFactors", "Khóa truy cập, ứng dụng xác thực, mã khôi phục", "Passkeys, authenticator and recovery codes", async (s, a, ct) =>
            await Db(s).Passkeys.Where(p => p.AccountId == a.Id).ExecuteDeleteAsync(ct)
            + await Db(s).Authenticators.Where(x => x.AccountId == a.Id).ExecuteDeleteAsync(ct)
            + await Db(s).RecoveryCodes.Where(c => c.AccountId == a.Id).ExecuteDeleteAsync(ct)),
        new("consents", "Sự đồng ý không bắt buộc (đã rút lại)", "Optional consents (withdrawn)", (s, a, ct) =>
            s.GetRequiredService<AccountClosing>().WithdrawConsentsAsync(a.Id, "data-request", ct)),
        new("contactPoints", "Thư điện tử và số điện thoại", "E-mail address and phone number", (_, a, _) =>
        {
            var count = (a.Email is null ? 0 : 1) + (a.Phone is null ? 0 : 1);
            a.SetContactPoints(null, null, a.Language);
            return Task.FromResult(count);
        }),
    ];

    /// <summary>What the law keeps although the person wants it deleted.</summary>
    private static readonly IReadOnlyList<KeptView> Kept =
    [
        new("dossiers", "Hồ sơ đã nộp và kết quả là tài liệu lưu trữ", "Dossiers that were filed and their results are archive records", "Luật Lưu trữ 33/2024/QH15"),
        new("payments", "Chứng từ thanh toán", "Records of payments", "Luật Kế toán 88/2015/QH13"),
        new("name", "Họ tên, số định danh đã mã hóa: gắn hồ sơ lưu trữ với đúng người", "Name and encrypted personal number: tie archive records to the right person", "Luật Lưu trữ 33/2024/QH15"),
        new("accessLog", "Nhật ký truy cập và đăng nhập, đến hết thời hạn lưu", "Records of access and sign-in, until their retention ends", "Luật 91/2025/QH15; Nghị định 53/2022/NĐ-CP"),
        new("consentLedger", "Sổ ghi sự đồng ý, là chứng cứ", "The ledger of consents, as evidence", "Luật 91/2025/QH15"),
    ];

    public async Task<OutcomeView> RunAsync(Guid request, Account account, CancellationToken ct)
    {
        var done = new List<DoneView>();
        var reach = LastReach.Of(account);
        foreach (var step in steps)
            done.Add(new DoneView(step.What, step.Vi, step.En, await step.RunAsync(services, account, ct)));

        await closing.FinishAsync(account, reach, AccountClosed.ByErasure, ct);
        db.Enqueue(new PersonalDataErased(request, account.Id, time.GetUtcNow()));
        done.Add(new DoneView("account", "Đóng tài khoản", "Account closed", 1));
        return new OutcomeView(done, Kept);
    }

    private static IdentityDbContext Db(IServiceProvider services) => services.GetRequiredService<IdentityDbContext>();
}

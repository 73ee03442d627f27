using HaLong.Identity.Codes;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Codes;

/// <summary>What a one-time code opens, how often and for how long.</summary>
public sealed class OneTimeCodesTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Purpose = CodePurposes.AssistedSession;
    private readonly string bound = Guid.CreateVersion7().ToString();
    private readonly string phone = $"+8491{Random.Shared.Next(1_000_000, 9_999_999)}";

    [Fact]
    public async Task The_code_on_the_telephone_is_right_once()
    {
        var (id, code) = await IssuedAsync();

        Assert.Equal(6, code.Length);
        Assert.Null(await VerifyAsync(id, code));
        Assert.Equal("IDN-0102", await VerifyAsync(id, code));
    }

    [Fact]
    public async Task Blanks_between_the_digits_do_no_harm_and_other_nonsense_costs_no_try()
    {
        var (id, code) = await IssuedAsync();
        foreach (var nonsense in new[] { "", "12345", "1234567", "12345a", "１２３４５６", "      " })
            Assert.Equal("IDN-0102", await VerifyAsync(id, nonsense));

        Assert.Null(await VerifyAsync(id, $"{code[..3]} {code[3..]}"));
    }

    [Fact]
    public async Task After_five_wrong_answers_the_right_one_is_worth_nothing()
    {
        var (id, code) = await IssuedAsync();
        for (var i = 0; i < 5; i++)
            Assert.Equal("IDN-0102", await VerifyAsync(id, Wrong(code)));

        Assert.Equal("IDN-0103", await VerifyAsync(id, code));
        Assert.Equal("IDN-0103", await VerifyAsync(id, Wrong(code)));
    }

    [Fact]
    public async Task Parallel_guesses_get_no_more_than_five_tries()
    {
        var (id, code) = await IssuedAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => VerifyAsync(id, Wrong(code))));

        Assert.Equal(5, answers.Count(a => a == "IDN-0102"));
        Assert.Equal(35, answers.Count(a => a == "IDN-0103"));
    }

    [Fact]
    public async Task Of_parallel_right_answers_one_is_taken()
    {
        var (id, code) = await IssuedAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => VerifyAsync(id, code)));

        Assert.Single(answers, a => a is null);
    }

    [Fact]
    public async Task After_five_minutes_it_has_expired()
    {
        var (early, earlyCode) = await IssuedAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Null(await VerifyAsync(early, earlyCode));

        var (late, lateCode) = await IssuedAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("IDN-0102", await VerifyAsync(late, lateCode));
    }

    [Fact]
    public async Task A_code_opens_nothing_else_and_for_nobody_else()
    {
        var (id, code) = await IssuedAsync();

        Assert.Equal("IDN-0102", await InScopeAsync(c => c.VerifyAsync(id, CodePurposes.PasswordReset, bound, code, default)));
        Assert.Equal("IDN-0102", await InScopeAsync(c => c.VerifyAsync(id, Purpose, Guid.CreateVersion7().ToString(), code, default)));
        Assert.Equal("IDN-0102", await InScopeAsync(c => c.VerifyAsync(Guid.CreateVersion7(), Purpose, bound, code, default)));
        Assert.Null(await VerifyAsync(id, code));
    }

    [Fact]
    public async Task A_try_counts_even_when_the_callers_transaction_is_rolled_back()
    {
        var (id, code) = await IssuedAsync();
        for (var i = 0; i < 5; i++)
            Assert.Equal("IDN-0102", await RolledBackAsync(id, Wrong(code)));

        Assert.Equal("IDN-0103", await VerifyAsync(id, code));
    }

    [Fact]
    public async Task A_right_answer_whose_effect_was_rolled_back_can_be_given_again()
    {
        var (id, code) = await IssuedAsync();

        Assert.Null(await RolledBackAsync(id, code));
        Assert.Null(await VerifyAsync(id, code));
        Assert.Equal("IDN-0102", await VerifyAsync(id, code));
    }

    [Fact]
    public async Task Another_code_comes_after_a_minute_at_most_three_times_and_voids_the_one_before()
    {
        var (id, first) = await IssuedAsync();
        var early = await ResendAsync(id);
        Assert.Equal("IDN-0104", early?.Code);
        Assert.InRange(early!.RetryAfterSeconds!.Value, 50, 60);

        for (var number = 2; number <= 4; number++)
        {
            site.Clock.Advance(TimeSpan.FromSeconds(61));
            Assert.Null(await ResendAsync(id));
            var code = await site.Phones.CodeAsync(phone, number);
            if (code != first)
                Assert.Equal("IDN-0102", await VerifyAsync(id, first));
        }

        site.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("IDN-0105", (await ResendAsync(id))?.Code);
        Assert.Null(await VerifyAsync(id, await site.Phones.CodeAsync(phone, 4)));
        Assert.Equal("IDN-0101", (await ResendAsync(id))?.Code);
    }

    [Fact]
    public async Task Of_parallel_requests_for_another_code_one_is_served()
    {
        var (id, _) = await IssuedAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ResendAsync(id)));

        Assert.Single(answers, a => a is null);
        Assert.Equal(2, (await site.Phones.CodeAsync(phone, 2)).Length > 0 ? site.Phones.CodesOf(phone).Count : 0);
    }

    [Fact]
    public async Task Nobody_elses_question_is_asked_again()
    {
        var (id, _) = await IssuedAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal("IDN-0101", await InScopeAsync(async c => await c.ResendAsync(id, Purpose, "somebody else", default) is { IsSuccess: false, Error: var e } ? e : Result.Success));
        Assert.Equal("IDN-0101", (await ResendAsync(Guid.CreateVersion7()))?.Code);
    }

    [Fact]
    public async Task One_telephone_gets_six_codes_an_hour_whoever_asks()
    {
        for (var i = 0; i < 6; i++)
            await IssuedAsync();

        var refusal = await InScopeAsync(async c => await c.IssueAsync(Purpose, phone, "vi", bound, default) is { IsSuccess: false, Error: var e } ? e : Result.Success);
        Assert.Equal("IDN-0106", refusal);
        site.Clock.Advance(TimeSpan.FromHours(1));
        await IssuedAsync();
    }

    [Fact]
    public async Task A_telephone_with_too_many_codes_is_not_told_where_that_would_tell_something()
    {
        for (var i = 0; i < 6; i++)
            await IssuedAsync();

        var before = site.Phones.CodesOf(phone).Count;
        Assert.Null(await InScopeAsync(async c => await c.IssueAsync(CodePurposes.PasswordReset, phone, "vi", bound, default) is { IsSuccess: false, Error: var e } ? e : Result.Success));
        Assert.Equal(before, site.Phones.CodesOf(phone).Count);
    }

    [Fact]
    public async Task Neither_code_nor_number_is_stored_in_clear_and_what_was_sent_is_erased()
    {
        var (id, code) = await IssuedAsync();
        var row = await Eventually(id, c => c.SealedCode is null);

        Assert.NotNull(row.SentAt);
        Assert.Equal(32, row.CodeHash.Length);
        Assert.NotEqual(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(code)), row.CodeHash);
        Assert.DoesNotContain(phone, System.Text.Encoding.UTF8.GetString(row.SealedTarget!), StringComparison.Ordinal);
        await VerifyAsync(id, code);
        Assert.Null((await Eventually(id, c => c.ConsumedAt is not null)).SealedTarget);
    }

    [Fact]
    public async Task A_question_that_nobody_can_answer_looks_like_any_other()
    {
        var issued = await IssueAsync(null);
        await using var scope = site.Service.Services.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<IdentityDbContext>().OneTimeCodes.SingleAsync(c => c.Id == issued.ChallengeId);

        Assert.Null(row.SealedTarget);
        for (var i = 0; i < 5; i++)
            Assert.Equal("IDN-0102", await VerifyAsync(issued.ChallengeId, "000000"));
        Assert.Equal("IDN-0103", await VerifyAsync(issued.ChallengeId, "000000"));
    }

    [Fact]
    public async Task What_ran_out_is_removed()
    {
        var (id, _) = await IssuedAsync();
        await site.DatabaseAsync(async db =>
        {
            await CodeCleanup.RunOnceAsync(db, site.Clock.GetUtcNow(), default);
            Assert.True(await db.OneTimeCodes.AnyAsync(c => c.Id == id));
            await CodeCleanup.RunOnceAsync(db, site.Clock.GetUtcNow().AddHours(3), default);
            Assert.False(await db.OneTimeCodes.AnyAsync(c => c.Id == id));
            return 0;
        });
    }

    private async Task<(Guid Id, string Code)> IssuedAsync()
    {
        var number = site.Phones.CodesOf(phone).Count + 1;
        var issued = await IssueAsync(phone);
        return (issued.ChallengeId, await site.Phones.CodeAsync(phone, number));
    }

    private async Task<IssuedCode> IssueAsync(string? to)
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        var issued = await scope.ServiceProvider.GetRequiredService<OneTimeCodes>().IssueAsync(Purpose, to, "vi", bound, default);
        await scope.ServiceProvider.GetRequiredService<IdentityDbContext>().SaveChangesAsync();
        return issued.Value;
    }

    private Task<string?> VerifyAsync(Guid id, string code) => InScopeAsync(c => c.VerifyAsync(id, Purpose, bound, code, default));

    private async Task<Error?> ResendAsync(Guid id)
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<OneTimeCodes>().ResendAsync(id, Purpose, bound, default);
        return result.IsSuccess ? null : result.Error;
    }

    private async Task<string?> RolledBackAsync(Guid id, string code)
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        await using var transaction = await scope.ServiceProvider.GetRequiredService<IdentityDbContext>().Database.BeginTransactionAsync();
        var result = await scope.ServiceProvider.GetRequiredService<OneTimeCodes>().VerifyAsync(id, Purpose, bound, code, default);
        await transaction.RollbackAsync();
        return result.IsSuccess ? null : result.Error.Code;
    }

    private async Task<string?> InScopeAsync(Func<OneTimeCodes, Task<Result>> work)
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        var result = await work(scope.ServiceProvider.GetRequiredService<OneTimeCodes>());
        return result.IsSuccess ? null : result.Error.Code;
    }

    private Task<OneTimeCode> Eventually(Guid id, Func<OneTimeCode, bool> fits) => TestSupport.Eventually.ValueAsync(
        () => site.DatabaseAsync(db => db.OneTimeCodes.AsNoTracking().SingleAsync(c => c.Id == id)), fits, "the row of the code");

    private static string Wrong(string code) => code[..5] + (char)('0' + ((code[5] - '0' + 1) % 10));
}

using HaLong.Signatures.Domain.Sessions;

namespace HaLong.Signatures.Tests.Domain.Sessions;

/// <summary>The largest that is taken and the smallest that is not; several faults at once; reminders at their edges.</summary>
public sealed class SessionLimitsTests
{
    private static readonly DateTimeOffset Now = SigningSessionTests.Now;

    private static SessionPlan Sound => SigningSessionTests.Plan(2, 1, 2);

    private static SessionPlan With(string field, int size) => field switch
    {
        "purpose" => Sound with { Purpose = new string('ệ', size) },
        "subject" => Sound with { Subject = new string('x', size) },
        "unitCode" => Sound with { UnitCode = new string('1', size) },
        "documents" => Sound with { Documents = [.. Enumerable.Repeat(Sound.Documents[0], size)] },
        "documents.name" => Sound with { Documents = [Sound.Documents[0] with { Name = new string('ữ', size) }] },
        "signers" => Sound with { Signers = [.. Enumerable.Range(0, size).Select(_ => new PlannedSigner(Guid.CreateVersion7(), 1, ""))] },
        "signers.turn" => Sound with { Signers = [new PlannedSigner(Guid.CreateVersion7(), size, "")] },
        "signers.role" => Sound with { Signers = [new PlannedSigner(Guid.CreateVersion7(), 1, new string('đ', size))] },
        "deadline" => Sound with { Deadline = Now.AddSeconds(size) },
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    [Theory]
    [InlineData("purpose", 1, 200)]
    [InlineData("subject", 0, 100)]
    [InlineData("unitCode", 1, 20)]
    [InlineData("documents", 1, 20)]
    [InlineData("documents.name", 1, 200)]
    [InlineData("signers", 1, 20)]
    [InlineData("signers.turn", 1, 100)]
    [InlineData("signers.role", 0, 100)]
    [InlineData("deadline", 60, 30 * 24 * 3600)]
    public void Both_ends_of_a_range_belong_to_it_and_nothing_beyond(string field, int least, int most)
    {
        Assert.Null(With(field, least).WhyNot(Now));
        Assert.Null(With(field, most).WhyNot(Now));
        Assert.Equal(field, Assert.Single(With(field, most + 1).WhyNot(Now)!.FieldMessages).Field);
        if (least > 0)
            Assert.Equal(field, Assert.Single(With(field, least - 1).WhyNot(Now)!.FieldMessages).Field);
    }

    [Theory]
    [InlineData("purpose")]
    [InlineData("subject")]
    [InlineData("unitCode")]
    [InlineData("documents.name")]
    [InlineData("signers.role")]
    public void No_text_holds_a_character_that_is_none(string field)
    {
        const string Text = "a\0b";
        var plan = field switch
        {
            "purpose" => Sound with { Purpose = Text },
            "subject" => Sound with { Subject = Text },
            "unitCode" => Sound with { UnitCode = Text },
            "documents.name" => Sound with { Documents = [Sound.Documents[0] with { Name = Text }] },
            _ => Sound with { Signers = [new PlannedSigner(Guid.CreateVersion7(), 1, Text)] },
        };
        Assert.Equal(field, Assert.Single(plan.WhyNot(Now)!.FieldMessages).Field);
    }

    [Fact]
    public void Without_a_unit_a_session_belongs_to_no_auditor_and_is_sound() => Assert.Null((Sound with { UnitCode = null }).WhyNot(Now));

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_in_both_languages()
    {
        var error = (Sound with { Id = Guid.Empty, Purpose = "", Deadline = Now, Documents = [], Signers = [] }).WhyNot(Now)!;
        Assert.Equal(["sessionId", "purpose", "deadline", "documents", "signers"], error.FieldMessages.Select(m => m.Field));
        Assert.All(error.FieldMessages, m => Assert.False(string.IsNullOrWhiteSpace(m.Vi) || string.IsNullOrWhiteSpace(m.En) || m.Vi == m.En));
    }

    [Theory]
    [InlineData(1, 1, 14_400, 14_400, 14_400, 14_400, true)]
    [InlineData(2, 100_000, 0, 0, 0.5, 0.5, true)]
    [InlineData(3, 1, 0, 0, 10, 10, false)]
    [InlineData(2, 100_001, 0, 0, 10, 10, false)]
    [InlineData(1, 1, 14_400.5, 0, 10, 10, false)]
    [InlineData(1, 1, 0, -0.5, 10, 10, false)]
    [InlineData(1, 1, double.PositiveInfinity, 0, 10, 10, false)]
    [InlineData(1, 1, 0, 0, double.NaN, 10, false)]
    [InlineData(1, 1, 0, 0, 10, -1, false)]
    public void A_place_names_a_document_of_the_session_and_a_box_of_some_size(int document, int page, double x, double y, double width, double height,
        bool sound) =>
        Assert.Equal(sound, new VisiblePlace(document, page, x, y, width, height).IsSound(2));

    [Theory]
    [InlineData(1.99, false)]
    [InlineData(2, true)]
    public void Nobody_is_reminded_of_what_is_short(double hours, bool reminded) =>
        Assert.Equal(reminded, Reminders.Next(Now, Now.AddHours(hours), Now) is not null);

    [Fact]
    public void A_session_of_two_days_has_one_reminder_where_both_fall_together()
    {
        var deadline = Now.AddDays(2);
        Assert.Equal(Now.AddDays(1), Reminders.Next(Now, deadline, Now));
        Assert.Null(Reminders.Next(Now, deadline, Now.AddDays(1)));
        Assert.Null(Reminders.Next(Now, deadline, deadline));
    }

    [Fact]
    public void Reminders_that_fell_due_while_nobody_worked_come_as_one()
    {
        var session = SigningSessionTests.Open(1, 1, 1, 2);
        session.ForgetLog();
        session.Remind(Now.AddDays(9.5));
        Assert.Equal([CeremonyStep.Reminded, CeremonyStep.Reminded], session.Log.Select(l => l.Step));
        Assert.Equal(session.Signers.Take(2).Select(s => (Guid?)s.Id), session.Log.Select(l => l.SignerId));
        Assert.Null(session.NextReminderAt);
    }

    [Fact]
    public void What_is_agreed_to_is_dated_and_says_the_same_in_both_languages()
    {
        Assert.True(DateOnly.TryParseExact(ConsentText.Version, "yyyy-MM-dd", out _));
        Assert.Contains("đồng ý ký điện tử", ConsentText.Vi, StringComparison.Ordinal);
        Assert.Contains("agree to sign", ConsentText.En, StringComparison.Ordinal);
        Assert.Equal(ConsentText.Vi, ConsentText.Vi.Normalize());
        // The log keeps the version whole.
        Assert.InRange(ConsentText.Version.Length, 1, 100);
    }

    [Fact]
    public void Each_refusal_has_its_own_code_of_the_block_and_both_languages()
    {
        var errors = typeof(SessionErrors).GetFields().Select(f => f.GetValue(null)).OfType<HaLong.ServiceDefaults.Error>().ToList();
        Assert.Equal(errors.Count, errors.Select(e => e.Code).Distinct().Count());
        Assert.All(errors, e => Assert.Matches("^SIG-03[0-4][0-9]$", e.Code));
        Assert.Equal("Nhà cung cấp chỉ cho phép ký 7 tài liệu trong một lần xác thực.", SessionErrors.TooManyForProvider.Format(7).Vi);
        Assert.Equal("SIG-0308", Assert.Single(errors, e => e.RetryAfterSeconds is not null).Code);
    }
}

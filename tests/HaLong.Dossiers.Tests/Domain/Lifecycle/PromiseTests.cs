using System.Globalization;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Domain.Lifecycle;

/// <summary>What a row of the table promises is what happens: the form, the fact, the effect on the clock, one step in plain words.</summary>
public sealed class PromiseTests
{
    // Told once, however often somebody takes a dossier up.
    private static readonly string[] ToldOnce = [Moves.Assign];

    public static TheoryData<string, string> Rows
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var row in Transitions.All.Where(t => t.Action is not (Moves.PayDemand or Moves.ReturnOriginals)))
            {
                foreach (var status in row.From)
                    data.Add(row.Action, status);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_promised_form_and_no_other_is_issued(string move, string status)
    {
        var (row, play) = Prepared(move, status);
        var before = play.Records.OfType<IssuedForm>().Count();

        play.Must(move);

        var issued = play.Records.OfType<IssuedForm>().Skip(before).ToList();
        if (row.Form is null)
        {
            Assert.Empty(issued);
            return;
        }
        var form = Assert.Single(issued);
        Assert.Equal(row.Form, form.Kind);
        Assert.Equal(play.Dossier.Id, form.DossierId);
        Assert.Equal(play.Dossier.FormsIssued, form.Serial);
        Assert.Equal(play.Dossier.Steps, form.Step);
        Assert.Equal(play.Now, form.CreatedAt);
        Assert.Equal(PaperForm.Number(row.Form, form.Regime), form.Number);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_promised_fact_and_no_other_is_told(string move, string status)
    {
        var (row, play) = Prepared(move, status);
        var (count, sequence) = (play.Facts.Count, play.Dossier.Sequence);

        play.Must(move);

        var told = play.Facts.Skip(count).ToList();
        if (row.Fact is null || (ToldOnce.Contains(move) && play.Facts.Take(count).Any(f => f.GetType().Name == row.Fact)))
        {
            Assert.Empty(told);
            return;
        }
        var fact = Assert.Single(told);
        Assert.Equal(row.Fact, fact.GetType().Name);
        Assert.Equal(sequence + 1, Property<long>(fact, "Sequence"));
        Assert.Equal(play.Dossier.Id, Property<Guid>(fact, "DossierId"));
        Assert.Equal(play.Dossier.Code, Property<string>(fact, "Code"));
        Assert.Equal(play.Dossier.OwnerId, Property<Guid>(fact, "OwnerId"));
        Assert.Equal(play.Dossier.UnitCode, Property<string>(fact, "UnitCode"));
        Assert.Equal(play.Dossier.ProcedureCode, Property<string>(fact, "ProcedureCode"));
        Assert.Equal(play.Now, Property<DateTimeOffset>(fact, "OccurredAt"));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_clock_does_what_is_promised(string move, string status)
    {
        var (row, play) = Prepared(move, status);
        var before = play.Clock.Count;

        play.Must(move);

        var ticked = play.Clock.Skip(before).ToList();
        if (row.Clock == ClockEffect.None)
        {
            Assert.Empty(ticked);
            return;
        }
        var entry = Assert.Single(ticked);
        Assert.Equal(row.Clock, entry.Effect);
        Assert.Equal(move, entry.Cause);
        Assert.Equal(play.Now, entry.At);
        Assert.Equal(before + 1, entry.Number);
        Assert.Equal(move is Moves.Extend or Moves.Apologise, entry.ExtendTo is not null);
        Assert.False(string.IsNullOrWhiteSpace(entry.ReasonVi) || string.IsNullOrWhiteSpace(entry.ReasonEn));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void One_step_says_who_did_what_and_nothing_that_somebody_wrote(string move, string status)
    {
        var (row, play) = Prepared(move, status);
        var before = play.Steps.Count;

        play.Must(move);

        var step = Assert.Single(play.Steps.Skip(before));
        Assert.Equal(move, step.Action);
        Assert.Equal(status, step.FromStatus);
        Assert.Equal(play.Dossier.Status, step.ToStatus);
        Assert.Equal(row.Roles[0], step.ActorRole);
        Assert.NotEqual(step.NoteVi, step.NoteEn);
        // The timeline is open to whoever knows the check number: reasons, grounds, questions and names stay out of it.
        foreach (var secret in Written)
        {
            Assert.DoesNotContain(secret, step.NoteVi, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, step.NoteEn, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_wait_begins_with_the_state_it_belongs_to(string move, string status)
    {
        var (row, play) = Prepared(move, status);
        play.Now = play.Now.AddMinutes(5);

        play.Must(move);

        if (row.To is not null && row.To != status)
            Assert.Equal(play.Now, play.Dossier.WaitingSince);
        if (Waits.Of(play.Dossier) is { Limit: WaitLimit.Until })
            Assert.NotNull(play.Dossier.WaitUntil);
    }

    private static IEnumerable<string> Written =>
    [
        Play.Grounds.Reason, Play.Grounds.LegalBasis, "Nguyễn Văn Dân", "Thiếu chữ ký", "tranh chấp", "Phát sinh tình tiết", "Điều chuyển công việc", "Quá tải",
        "Thuế trước bạ", "Cần xác minh thêm", "Không còn nhu cầu", "Sai tên đệm", "Ghi sai số thửa", "Đã gọi điện", "Đồng ý", "Người " + Roles.Officer,
    ];

    private static (Transition Row, Play Play) Prepared(string move, string status)
    {
        var row = Transitions.Find(move, status)!;
        var signs = Play.IsAboutSignature(move);
        var signing = signs || (move == Moves.Resolve && status == DossierStatus.Processing) || (move == Moves.ReplaceResult && status == DossierStatus.Returned);
        var inHand = status is DossierStatus.Processing or DossierStatus.WaitOpinion or DossierStatus.SupplementProcessing or DossierStatus.WaitPayment;
        var play = Play.In(status, officer: move != Moves.Assign || !inHand, signing, signs: signs);
        if (move == Moves.ChooseUnit)
            play.Must(Moves.AwaitUnitChoice);
        if (move is Moves.Reject or Moves.CloseOpinion or Moves.Apologise)
            play.Now = play.Now.AddDays(30);
        return (row, play);
    }

    private static T Property<T>(object fact, string name) =>
        (T)(fact.GetType().GetProperty(name)?.GetValue(fact) ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{fact.GetType().Name} has no {name}.")));
}

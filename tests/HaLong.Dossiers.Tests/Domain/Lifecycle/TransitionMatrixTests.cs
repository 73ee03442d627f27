using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;
using Is = HaLong.Dossiers.Domain.Lifecycle.Moves;

namespace HaLong.Dossiers.Tests.Domain.Lifecycle;

/// <summary>Every transition from every state by every role: what the table says happens, everything else is refused and leaves nothing.</summary>
public sealed class TransitionMatrixTests
{
    private static readonly string[] ByPlatform = [.. Transitions.All.Where(t => t.Who == Party.Platform).Select(t => t.Action).Distinct()];

    public static TheoryData<string> Moves => [.. Play.AllMoves];

    [Theory]
    [MemberData(nameof(Moves))]
    public void In_every_state_and_role_a_move_happens_exactly_when_the_table_says_so(string move)
    {
        var cases = 0;
        foreach (var status in DossierStatus.All)
        {
            foreach (var role in Play.AllRoles.Where(r => (r == "system") == ByPlatform.Contains(move)))
            {
                var row = Transitions.Find(move, status);
                var play = Prepared(move, status);
                var before = (play.Dossier.Status, play.Dossier.Steps, play.Dossier.Sequence, play.Dossier.FormsIssued, play.Clock.Count);
                var done = play.Do(move, Play.As(role));
                // Who may file is decided where it is filed: see ActingRights.
                var possible = row is not null && (row.Roles.Contains(role) || move == Is.Submit);
                Assert.True(possible == done.IsSuccess, $"{move} in {status} by {role}: {(done.IsSuccess ? "done" : done.Error.Code)}");
                if (possible)
                    Assert.Equal((row!.To ?? status, before.Steps + 1), (play.Dossier.Status, play.Dossier.Steps));
                else
                    AssertRefused(play, move, role, row, done.Error, before);
                cases++;
            }
        }
        Assert.True(cases >= DossierStatus.All.Count);
    }

    [Fact]
    public void Between_a_decision_and_its_signature_only_what_the_table_lets_happens()
    {
        foreach (var move in Play.AllMoves.Except([Is.PayDemand, Is.ReturnOriginals, Is.ChooseUnit]).Where(m => !Play.IsAboutSignature(m)))
        {
            foreach (var status in new[] { DossierStatus.Processing, DossierStatus.Returned })
            {
                if (Transitions.Find(move, status) is not { } row)
                    continue;
                var play = Play.In(status, signing: true);
                play.Now = move == Is.Apologise ? play.Now.AddDays(30) : play.Now;
                var done = play.Do(move, Play.As(row.Roles[0]));
                // A second correction says that the first one waits.
                Assert.True(row.WhileSigning == done.IsSuccess, $"{move} while {status} waits for a signature");
                if (!done.IsSuccess)
                    Assert.Contains(done.Error.Code, new[] { "DOS-0008", "DOS-0045" });
            }
        }
    }

    [Fact]
    public void Whoever_is_a_party_makes_no_move_of_an_official()
    {
        foreach (var row in Transitions.All.Where(t => t.Who is Party.Official or Party.Agency))
        {
            foreach (var status in row.From)
            {
                var actor = Play.As(row.Roles[0]) with { Id = Play.Owner };
                Assert.Equal("DOS-0017", Prepared(row.Action, status).Do(row.Action, actor).Error.Code);
            }
        }
    }

    [Fact]
    public void The_case_officer_and_who_stands_in_for_him_decide_nothing()
    {
        foreach (var row in Transitions.All.Where(t => t.NotByCaseOfficer))
        {
            foreach (var status in row.From.Where(s => s != DossierStatus.Submitted))
            {
                var approver = Play.As(row.Roles[0]);
                Assert.Equal("DOS-0018", Prepared(row.Action, status).Do(row.Action, approver with { Id = Play.Officer }).Error.Code);
                Assert.Equal("DOS-0018", Prepared(row.Action, status).Do(row.Action, approver with { StandsInFor = Play.Officer }).Error.Code);
            }
        }
    }

    [Fact]
    public void Another_officer_works_on_nothing_unless_he_stands_in()
    {
        foreach (var row in Transitions.All.Where(t => t.ByCaseOfficer))
        {
            foreach (var status in row.From)
            {
                var other = Play.As(Roles.Officer) with { Id = Play.Colleague };
                Assert.Equal("DOS-0031", Prepared(row.Action, status).Do(row.Action, other).Error.Code);
                var play = Prepared(row.Action, status);
                Assert.True(play.Do(row.Action, other with { StandsInFor = Play.Officer }).IsSuccess, row.Action);
                Assert.EndsWith("(by a substitute)", play.Steps[^1].NoteEn, StringComparison.Ordinal);
            }
        }
    }

    private static void AssertRefused(Play play, string move, string role, Transition? row, Error error, (string, int, long, int, int) before)
    {
        if (!ByPlatform.Contains(move))
        {
            var known = row?.Roles ?? Transitions.Of(move).SelectMany(t => t.Roles);
            // The owner is a party before he is in a wrong role.
            var official = (row ?? Transitions.Of(move).First()).Who is Party.Official or Party.Agency;
            Assert.Equal(official && role == Roles.Citizen ? "DOS-0017" : known.Contains(role) || move == Is.Submit ? "DOS-0008" : "DOS-0019", error.Code);
        }
        Assert.Equal(before, (play.Dossier.Status, play.Dossier.Steps, play.Dossier.Sequence, play.Dossier.FormsIssued, play.Clock.Count));
    }

    // In the state, with what the conditions of the move ask for.
    private static Play Prepared(string move, string status)
    {
        var held = move == Is.ReturnOriginals && status != DossierStatus.Returned ? 2 : 0;
        var signs = Play.IsAboutSignature(move) && status is (DossierStatus.Processing or DossierStatus.Returned);
        var signing = signs || (move == Is.Resolve && status == DossierStatus.Processing)
            || (move == Is.ReplaceResult && status == DossierStatus.Returned);
        var play = Play.In(status, officer: move != Is.Assign || !IsInHand(status), signing, held, signs);
        if (move == Is.ChooseUnit && Transitions.Find(Is.AwaitUnitChoice, status) is not null)
            play.Must(Is.AwaitUnitChoice);
        if (move is Is.Reject or Is.CloseOpinion or Is.Apologise)
            play.Now = play.Now.AddDays(30);
        if (move == Is.PayDemand && status is DossierStatus.Stopped or DossierStatus.Withdrawn)
            play = Ended(status);
        return play;
    }

    // Over, with a demand that was not paid.
    private static Play Ended(string status) =>
        Play.In(DossierStatus.WaitPayment).Must(status == DossierStatus.Stopped ? Is.Stop : Is.Withdraw);

    private static bool IsInHand(string status) =>
        status is DossierStatus.Processing or DossierStatus.WaitOpinion or DossierStatus.SupplementProcessing or DossierStatus.WaitPayment;
}

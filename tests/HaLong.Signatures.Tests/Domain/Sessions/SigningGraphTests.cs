using HaLong.Signatures.Domain.Sessions;

namespace HaLong.Signatures.Tests.Domain.Sessions;

/// <summary>Whatever happens in whatever order: only what the table has comes about, and no signature is lost or made twice.</summary>
public sealed class SigningGraphTests
{
    [Fact]
    public void What_is_over_stays_over()
    {
        foreach (var move in Enum.GetValues<SessionMove>())
        {
            Assert.NotNull(SigningGraph.Next(SessionState.Open, move));
            foreach (var over in Enum.GetValues<SessionState>().Except([SessionState.Open]))
                Assert.Null(SigningGraph.Next(over, move));
        }

        foreach (var move in Enum.GetValues<SignerMove>())
        {
            Assert.Null(SigningGraph.Next(SignerState.Refused, move));
            Assert.True(SigningGraph.Next(SignerState.Signed, move) is null or SignerState.Signed);
        }
    }

    [Fact]
    public void Nobody_signs_what_he_has_not_seen() =>
        Assert.Equal([SignerState.Viewing, SignerState.Failed],
            Enum.GetValues<SignerState>().Where(s => SigningGraph.Next(s, SignerMove.Begin) is not null));

    [Fact]
    public void Each_state_is_reached_and_each_but_the_last_ones_is_left()
    {
        Assert.Equal(Enum.GetValues<SignerState>().Except([SignerState.Waiting]).Order(), SigningGraph.Signers.Values.Distinct().Order());
        Assert.Equal(Enum.GetValues<SignerState>().Except([SignerState.Signed, SignerState.Refused]).Order(),
            SigningGraph.Signers.Where(p => p.Key.From != p.Value).Select(p => p.Key.From).Distinct().Order());
    }

    [Fact]
    public void Any_course_of_events_keeps_to_the_table()
    {
        for (var seed = 0; seed < 400; seed++)
            new Course(new Random(seed)).Run();
    }

    private sealed class Course(Random random)
    {
        private readonly SigningSession session = SigningSessionTests.Open(random.Next(1, 4), [.. Enumerable.Range(0, random.Next(1, 5))
            .Select(_ => random.Next(1, 4))]);
        private readonly List<(Guid Order, SessionSigner Signer, List<(SessionDocument Document, int Parts)> Documents)> orders = [];
        private readonly Dictionary<Guid, HashSet<string>> shown = [];
        private DateTimeOffset now = SigningSessionTests.Now;
        private int parts;

        public void Run()
        {
            for (var i = 0; i < 80; i++)
            {
                var (state, signers) = (session.State, session.Signers.ToDictionary(s => s.Id, s => s.State));
                var bytes = session.Documents.ToDictionary(d => d.Id, d => d.Sha256);
                Step();
                Assert.True(state == session.State || SigningGraph.Sessions.Any(p => p.Key.From == state && p.Value == session.State),
                    $"{state} → {session.State}");
                foreach (var signer in session.Signers)
                    Assert.True(Reachable(signers[signer.Id], signer.State), $"{signers[signer.Id]} → {signer.State}");
                Check(state, bytes);
            }
        }

        // One event may take a signer through two moves: seen and settled at once.
        private static bool Reachable(SignerState from, SignerState to) => from == to || SigningGraph.Signers.Any(p => p.Key.From == from
            && p.Value == to);

        private void Check(SessionState before, Dictionary<Guid, string> bytes)
        {
            // Each signature is one part of one file, in the order they came, and none shares its base with another.
            foreach (var document in session.Documents)
                Assert.Equal(Enumerable.Range(1, document.Parts - 1), session.Signatures.Where(s => s.DocumentId == document.Id).Select(s =>
                    s.Part));
            Assert.Equal(session.Signatures.Count, session.Signatures.DistinctBy(s => (s.DocumentId, s.SignerId)).Count());
            Assert.Equal(session.State == SessionState.Completed, session.Signers.TrueForAll(s => s.State == SignerState.Signed));
            Assert.Equal(session.State == SessionState.Refused, session.Signers.Exists(s => s.State == SignerState.Refused));
            Assert.Equal(session.State != SessionState.Open, session.ClosedAt is not null);
            foreach (var signer in session.Signers)
            {
                Assert.Equal(signer.State == SignerState.Signed, !session.Remaining(signer).Any());
                Assert.True(session.State == SessionState.Open || signer.State != SignerState.Signing);
                Assert.Equal(session.State == SessionState.Open && signer.State != SignerState.Signed, SessionWait.Of(session,
                    signer) is not null);
                // Who has signed anything had everybody of an earlier turn before him.
                if (session.Signatures.Exists(s => s.SignerId == signer.Id))
                    Assert.All(session.Signers.Where(s => s.Turn < signer.Turn), s => Assert.Equal(SignerState.Signed, s.State));
            }

            if (before != SessionState.Open)
                Assert.All(session.Documents, d => Assert.Equal(bytes[d.Id], d.Sha256));
        }

        private void Step()
        {
            var signer = session.Signers[random.Next(session.Signers.Count)];
            switch (random.Next(100))
            {
                case < 30:
                    var document = session.Documents[random.Next(session.Documents.Count)];
                    session.Show(document, signer, "x", now);
                    shown.TryAdd(signer.Id, []);
                    shown[signer.Id].Add(document.Sha256);
                    break;
                case < 60:
                    Begin(signer);
                    break;
                case < 90 when orders.Count > 0:
                    Answer(orders[random.Next(orders.Count)]);
                    break;
                case < 97:
                    now += TimeSpan.FromMinutes(random.Next(1, 8));
                    session.Remind(now);
                    break;
                case 97:
                    session.Refuse(signer, "no", "x", now);
                    break;
                case 98:
                    session.Cancel("x", now);
                    break;
                default:
                    now += TimeSpan.FromDays(1);
                    session.Expire(now);
                    break;
            }
        }

        private void Begin(SessionSigner signer)
        {
            var order = Guid.CreateVersion7();
            var seen = shown.GetValueOrDefault(signer.Id, []);
            var documents = session.Documents.Where(d => session.WhyNotSign(signer, d, seen, order, now) is null).ToList();
            if (documents.Count == 0)
                return;
            session.Begin(signer, documents, order, now.AddMinutes(5), "x", now);
            orders.Add((order, signer, documents.ConvertAll(d => (d, d.Parts))));
        }

        // Right, wrong, late, or twice: an order that was answered stays in the list.
        private void Answer((Guid Order, SessionSigner Signer, List<(SessionDocument Document, int Parts)> Documents) order)
        {
            var missing = random.Next(4) == 0;
            foreach (var (document, over) in order.Documents.Skip(missing ? 1 : 0))
                session.Embed(order.Signer, document, order.Order, over, (++parts).ToString("D64",
                    System.Globalization.CultureInfo.InvariantCulture), 10, "B-T", now);
            session.Settle(order.Signer, order.Order, missing ? "SIG-0329" : "", now);
        }
    }
}

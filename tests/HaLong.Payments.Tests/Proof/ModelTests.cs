namespace HaLong.Payments.Tests.Proof;

/// <summary>Random schedules of all that can happen to money, each answer as the rules say, and books that hold afterwards.</summary>
public sealed class ModelTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    [Fact]
    public async Task Whatever_comes_in_whatever_order_the_service_does_what_the_rules_say_and_the_books_hold()
    {
        TestContext.Current.SendDiagnosticMessage("Seed {0}, {1} operations", Budget.Seed, Budget.Operations);
        await using var ear = await fixture.ListenAsync(Books.Facts);
        var run = new ModelRun(fixture, Budget.Seed);
        try
        {
            for (var i = 0; i < Budget.Operations; i++)
            {
                await run.StepAsync();
                if (i % 25 == 24)
                    await run.CompareAsync();
            }

            await run.CompareAsync();
            await Books.CalmAsync(fixture.QueryAsync, DateTimeOffset.MinValue);
            await Books.AssertBooksAsync(fixture.QueryAsync, ear, fixture.Time);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {Budget.Seed}, operation {run.Story.Count}: {e.Message}\n{string.Join('\n', run.Story.TakeLast(40))}", e);
        }

        // It was lively enough to say something.
        Assert.True(run.Happened.Count >= 15, string.Join(", ", run.Happened.Select(h => $"{h.Value} {h.Key}")));
    }
}

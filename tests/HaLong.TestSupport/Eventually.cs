using System.Diagnostics;

namespace HaLong.TestSupport;

/// <summary>Waits for something that other threads bring about, with a deadline instead of a sleep.</summary>
public static class Eventually
{
    /// <summary>Polls until true; fails with what was waited for, and the last exception of the probe.</summary>
    public static async Task Async(Func<Task<bool>> probe, string what, TimeSpan? within = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(30);
        var watch = Stopwatch.StartNew();
        Exception? last = null;
        var pause = 10;
        do
        {
            try
            {
                if (await probe())
                {
                    return;
                }

                last = null;
            }
            catch (Exception e)
            {
                last = e;
            }

            await Task.Delay(pause);
            pause = Math.Min(pause * 2, 200);
        }
        while (watch.Elapsed < limit);

        throw new TimeoutException($"Not within {limit.TotalSeconds:0} s: {what}", last);
    }

    /// <summary>Polls until the value fits, and returns it.</summary>
    public static async Task<T> ValueAsync<T>(Func<Task<T>> read, Func<T, bool> fits, string what, TimeSpan? within = null)
    {
        T value = default!;
        await Async(
            async () =>
            {
                value = await read();
                return fits(value);
            },
            what, within);
        return value;
    }
}

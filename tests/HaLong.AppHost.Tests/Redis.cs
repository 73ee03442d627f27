using System.Net.Sockets;

namespace HaLong.AppHost.Tests;

/// <summary>As much of a Redis client as a test needs.</summary>
internal sealed class Redis : IAsyncDisposable
{
    private readonly TcpClient _client = new();
    private StreamReader? _reader;

    public static async Task<Redis> ConnectAsync(string connectionString)
    {
        var (address, password) = (connectionString.Split(',')[0].Split(':'), connectionString.Split("password=")[1]);
        var redis = new Redis();
        await redis._client.ConnectAsync(address[0], int.Parse(address[1], null));
        redis._reader = new StreamReader(redis._client.GetStream());
        if (await redis.AskAsync($"AUTH {password}") is not "+OK")
            throw new InvalidOperationException("refused");
        return redis;
    }

    public async Task<string> AskAsync(string command)
    {
        await _client.GetStream().WriteAsync(System.Text.Encoding.UTF8.GetBytes(command + "\r\n"));
        var answer = await _reader!.ReadLineAsync() ?? "";
        return answer.StartsWith('$') && answer != "$-1" ? $"{answer} {await _reader.ReadLineAsync()}" : answer;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
